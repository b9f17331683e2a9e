"""The pages of the office: appeals said or brought in, and questionnaires."""
