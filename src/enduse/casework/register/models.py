"""The register of 5.3: numbered entries, never changed; a correction is an entry of its own."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One entry: the four groups of 5.3 as they stood, and what they lack. Insert-only."""

    number = models.BigIntegerField(unique=True)
    deal = models.ForeignKey("deals.Deal", on_delete=models.PROTECT, related_name="entries")
    event = models.CharField(max_length=20)  # released | refused | withdrawn; a correction has that of the entry it corrects
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    content = models.JSONField()
    lacks = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
