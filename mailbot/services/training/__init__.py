"""Training the models from labelled material, and measuring how well they learned."""
