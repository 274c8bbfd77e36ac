"""Everything that may be done with people and settings: one function a verb, one transaction, one ledger record."""
