"""Parties as master records shared by deals, versioned."""
