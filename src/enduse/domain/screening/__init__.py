"""Screening: entries of published lists, and how a party is held against them (3.2)."""
