"""Evaluation on labelled letters: judged the real way, then counted in figures."""
