"""How the tables of `register` came about, step by step."""
