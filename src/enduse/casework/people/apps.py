"""The Django app `people`."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.people"
    label = "people"
