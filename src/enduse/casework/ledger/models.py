"""The ledger's tables: one record an action, and the tree's head."""

from __future__ import annotations

from django.db import models


class Record(models.Model):
    """One action. Insert-only; only `salt` and `body` may be emptied, together, by an erasure that is itself a record."""

    index = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=27)  # as hashed: 2026-11-22T20:00:00.000000Z
    kind = models.CharField(max_length=60)
    about = models.CharField(max_length=120)
    by = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64)
    leaf_hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, null=True)
    body = models.TextField(null=True)

    class Meta:
        indexes = (models.Index(fields=("about", "index"), name="ledger_about"), models.Index(fields=("kind", "index"), name="ledger_kind"))


class Head(models.Model):
    """The tree over all records: one row. Whoever writes holds it until the end of their transaction."""

    size = models.BigIntegerField()
    frontier = models.TextField()  # roots of the perfect subtrees, largest first
    last_at = models.CharField(max_length=27, default="")


class Checkpoint(models.Model):
    """A signed checkpoint as it was given out."""

    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    at = models.CharField(max_length=27)
    note = models.TextField()
