"""The Django app `ledger`."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The app as Django knows it."""

    name = "enduse.casework.ledger"
    label = "ledger"
