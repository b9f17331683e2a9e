"""The pages of cases: the lists, one case with its evidence, and all that is done with it."""
