"""Trained models as plain numbers: of kinds, of number roles, of names, of sentences."""
