"""A letter on its way through the house: collected, decided, answered, delivered."""
