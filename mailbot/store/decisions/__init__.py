"""The transaction that decides a letter: what is known before, and the decision committed whole."""
