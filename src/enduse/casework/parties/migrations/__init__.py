"""How the tables of `parties` came about, step by step."""
