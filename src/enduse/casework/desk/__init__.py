"""What belongs to a reader, not to a deal: saved views, drafts not yet filed, and what of a deal they saw last."""
