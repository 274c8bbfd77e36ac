"""Parties as master records: who they are, each change a version."""

from __future__ import annotations

from django.db import models

from enduse.casework.fields import JsonText


class Party(models.Model):
    """A counterparty, end user or any other participant, shared by deals."""

    name = models.CharField(max_length=500)  # of the current version, for search
    name_key = models.CharField(max_length=500, db_index=True)  # as compared
    country = models.CharField(max_length=60, blank=True)  # a company's country, a person's citizenships
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PartyVersion(models.Model):
    """What was known of a party from a moment on: the keys of a party in a deal file, without its role. Insert-only."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = JsonText()
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("party", "number"), name="one_version_of_a_party"),)
