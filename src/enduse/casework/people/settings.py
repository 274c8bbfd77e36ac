"""What the organisation settles, with defaults: how old a check may be, what a release covers of later versions."""

from __future__ import annotations

from datetime import timedelta

from enduse.casework.people.models import Setting
from enduse.domain.release import POLICIES, Policy

# name -> (default, what may be chosen; None: a number of days from 1 to 366)
CHOICES: dict[str, tuple[str, tuple[str, ...] | None]] = {
    "organisation": ("", ()),
    "check_days": ("90", None),
    "minor_updates": ("patch", POLICIES),
}


def value(name: str) -> str:
    """What is settled of `name`: the last word, else the default."""
    last = Setting.objects.filter(name=name).order_by("-pk").values_list("value", flat=True).first()
    return CHOICES[name][0] if last is None else last


def check_days() -> timedelta:
    """How long a check counts."""
    return timedelta(days=int(value("check_days")))


def minor_updates() -> Policy:
    """Which later versions a release covers (`enduse.domain.release.covers_version`)."""
    held = value("minor_updates")
    return POLICIES[POLICIES.index(held)]
