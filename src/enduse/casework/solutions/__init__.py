"""Solutions as master records shared by deals, versioned."""
