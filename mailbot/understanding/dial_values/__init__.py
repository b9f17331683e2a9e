"""Numbers that a dial could show, one by one: their unit and resource, the words around them, and how far each may be trusted."""
