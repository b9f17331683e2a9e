"""The pages that clients open from a letter, without a login."""
