"""Rows that are their owner's alone. They are no part of any record: nothing is decided of them, and they write no ledger record."""

from __future__ import annotations

from django.db import models


class View(models.Model):
    """A table as somebody wants to see it again: the filters of its address under a name."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    table_word = models.CharField(max_length=20)  # which table: `deals`, `register`…
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=2000)  # what follows the question mark
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "table_word", "name"), name="one_view_of_a_name"),)


class Draft(models.Model):
    """A deal that somebody is writing and has not filed: as it was typed, mistakes included."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    content = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("account", "-updated_at"), name="draft_recent"),)


class Mark(models.Model):
    """The version of a deal that somebody saw last."""

    account = models.ForeignKey("people.Account", on_delete=models.CASCADE, related_name="+")
    deal = models.ForeignKey("deals.Deal", on_delete=models.CASCADE, related_name="+")
    number = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "deal"), name="one_mark_of_a_deal"),)
