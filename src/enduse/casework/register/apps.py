"""The Django app `register`."""

from __future__ import annotations

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.register"
    label = "register"
