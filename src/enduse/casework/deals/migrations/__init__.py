"""How the tables of `deals` came about, step by step."""
