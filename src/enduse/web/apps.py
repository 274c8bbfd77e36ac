"""The Django app `web`."""

from __future__ import annotations

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.web"
    label = "web"
