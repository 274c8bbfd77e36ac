"""Everything that may be done with a deal: one function a verb, one transaction, one ledger record."""
