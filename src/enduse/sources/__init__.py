"""Published lists: one module a list, with its address, its parser to domain values, and what may be done with it."""
