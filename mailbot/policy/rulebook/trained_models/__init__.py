"""The files of the trained models: read with every fault told, and written so that people can compare them."""
