"""The ledger: one record an action, in the action's own transaction; a tree over all of them."""
