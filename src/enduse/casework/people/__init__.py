"""The people who work here: persons, accounts, roles, substitutes, settings."""
