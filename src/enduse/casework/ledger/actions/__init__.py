"""What may be done with the ledger itself: signing a checkpoint, erasing a body; each is a record too."""
