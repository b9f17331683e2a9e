"""Names of people in a text, told by the shape, case and surroundings of words."""
