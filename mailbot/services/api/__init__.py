"""The JSON API behind its pages: keys, and the calls that bear them."""
