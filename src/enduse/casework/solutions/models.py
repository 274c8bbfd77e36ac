"""Solutions as master records: what they are, each change a version."""

from __future__ import annotations

from django.db import models

from enduse.casework.fields import JsonText


class Solution(models.Model):
    """An AI solution of ours, shared by deals."""

    name = models.CharField(max_length=500)
    name_key = models.CharField(max_length=500, db_index=True)
    release = models.CharField(max_length=200, blank=True)  # the solution's own version, of the current record
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class SolutionVersion(models.Model):
    """What was known of a solution from a moment on: the keys of `solution` in a deal file. Insert-only."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = JsonText()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("solution", "number"), name="one_version_of_a_solution"),)
