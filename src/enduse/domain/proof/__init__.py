"""Proofs over all facts with z3: properties written by hand from the clauses, acts held against the base, redundancy, mutants."""
