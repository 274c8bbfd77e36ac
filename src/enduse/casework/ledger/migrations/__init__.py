"""How the tables of `ledger` came about, step by step."""
