"""The Django app `solutions`."""

from __future__ import annotations

from django.apps import AppConfig


class SolutionsConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.solutions"
    label = "solutions"
