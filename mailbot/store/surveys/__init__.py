"""Questionnaires: who was asked to rate an answer, and what was answered."""
