"""The Django app `parties`."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.parties"
    label = "parties"
