"""How the tables of `people` came about, step by step."""
