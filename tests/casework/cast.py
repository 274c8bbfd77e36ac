"""The fixed cast of casework, made through the real actions: Anna prepares, Boris approves, Vera audits, Gleb is a stranger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enduse.casework.deals.actions import filing
from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held
from enduse.casework.people.actions import persons
from enduse.casework.people.actor import Actor
from enduse.casework.people.queries import actor_named
from tests.builders import file_with

PASSWORD = "wide river under a bridge 7"
# Anna and Dina sign identifications too, so that a deal which one of them takes in is ready to be put forward
ROLES: Mapping[str, tuple[str, ...]] = {
    "anna": ("officer", "expert"),
    "boris": ("approver",),
    "petr": ("approver",),
    "dina": ("officer", "expert", "approver"),
    "oleg": ("officer",),
    "vera": ("auditor",),
    "gleb": ("initiator",),
    "ivan": ("initiator",),
    "elena": ("expert",),
    "lev": ("lawyer",),
}


def make_cast(*names: str) -> dict[str, Actor]:
    """The administrator `root` and the people named, or all; as actors."""
    persons.add_first(name="Root", email="root@example.org", password=PASSWORD)
    root = actor("root")
    for name in names or tuple(ROLES):
        persons.add_person(by=root, name=name.title(), email=f"{name}@example.org", roles=ROLES[name], password=PASSWORD)
    return {name: actor(name) for name in ("root", *(names or tuple(ROLES)))}


def actor(name: str) -> Actor:
    """Somebody of the cast with the roles of this moment."""
    return actor_named(f"{name}@example.org")


def imported(by: Actor, **changes: Any) -> Held:
    """The clean deal with keys changed, taken in; as it stands."""
    return held(filing.import_deal(file_with(**{"date": None, **changes}), by=by).deal.pk)


def held(deal: int) -> Held:
    """A deal as it stands now."""
    return Held(Deal.objects.get(pk=deal))
