"""Deals: their versions and decisions, every action on them, approval and the one door of release."""
