"""The editions of the Declaration, as data."""
