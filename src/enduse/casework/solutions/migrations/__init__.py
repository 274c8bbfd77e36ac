"""How the tables of `solutions` came about, step by step."""
