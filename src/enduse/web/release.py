"""Release, and what comes after it: what it binds, what stands against it, what became of it, and the deliveries that draw on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework import clock
from enduse.casework.deals import history
from enduse.casework.deals.actions import releasing
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.monitoring import FOLLOWS, Event, state_after
from enduse.domain.release import RECEIVES, Bound
from enduse.formats.deal_parts import permits
from enduse.web.approval import bound_rows
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm, Reasoned
from enduse.web.templatetags.words import lang
from enduse.words import say


class ReleaseForm(DeedForm):
    """The release itself, with a note for the register."""

    note = forms.CharField(max_length=4000, required=False, widget=TEXT)


class DeliverForm(DeedForm):
    """A delivery."""

    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    version = forms.CharField(max_length=200)
    units = forms.DecimalField(max_digits=20, decimal_places=4, localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    recipient = forms.ChoiceField()

    def prepare(self) -> None:
        """Today, the version and the recipients that the release is bound to."""
        bound = Bound.from_data(self.held.release.bound) if self.held.release else self.held.decided.bound
        names = dict.fromkeys(name for role, name, _ in sorted(bound.parties, key=lambda party: party[0] != "end_user") if role in RECEIVES and name)
        self.fields["recipient"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
        self.fields["day"].initial = clock.today()
        self.fields["version"].initial = bound.version


def _may_follow(event: Event) -> Any:
    def fits(held: Held, _actor: Actor) -> bool:
        return held.release is not None and event in FOLLOWS[state_after(row.kind for row in held.events)]  # type: ignore[misc]

    return fits


def _stands(held: Held, _actor: Actor) -> bool:
    return held.standing is not None and held.standing.stands


DELIVER = Deed(
    "deliver",
    "deal.deliver",
    DeliverForm,
    lambda actor, held, given: releasing.deliver(
        held.deal.pk, by=actor, day=given["day"], version=given["version"], units=given["units"], recipient=given["recipient"]
    ),
    _stands,
    "main",
)
DEEDS = (
    Deed(
        "release",
        "deal.release",
        ReleaseForm,
        lambda actor, held, given: releasing.release(held.deal.pk, by=actor, note=given["note"]),
        lambda held, _: not held.closed and not held.objections,
        "main",
    ),
    DELIVER,
    Deed(
        "resume",
        "deal.resume",
        Reasoned,
        lambda actor, held, given: releasing.resume(held.deal.pk, by=actor, reason=given["reason"]),
        _may_follow("resumed"),
    ),
    Deed(
        "suspend",
        "deal.suspend",
        Reasoned,
        lambda actor, held, given: releasing.suspend(held.deal.pk, by=actor, reason=given["reason"]),
        _may_follow("suspended"),
    ),
    Deed(
        "stop",
        "deal.stop",
        Reasoned,
        lambda actor, held, given: releasing.stop_deliveries(held.deal.pk, by=actor, reason=given["reason"]),
        _may_follow("stopped"),
    ),
    Deed(
        "withdraw",
        "deal.withdraw",
        Reasoned,
        lambda actor, held, given: releasing.withdraw_release(held.deal.pk, by=actor, reason=given["reason"]),
        _may_follow("withdrawn"),
        "danger",
    ),
)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What the page shows beside its forms."""
    bound = Bound.from_data(held.release.bound) if held.release else held.decided.bound
    return {
        "bound": bound_rows(bound),
        "policy_hint": say(f"policy.{bound.policy}.hint", lang()),
        "release": held.release,
        "events": held.events,
        "deliveries": [(delivery, plain(delivery.units)) for delivery in history.deliveries(held)],
        **quantities(held, bound),
    }


def quantities(held: Held, bound: Bound) -> dict[str, str]:
    """How much is released, delivered and left."""
    used = history.used(held)
    return {"released_units": f"{plain(bound.units)} {bound.of}".strip(), "used": plain(used), "left": plain(bound.units - used)}


def plain(units: Decimal) -> str:
    """A quantity without zeros that say nothing."""
    return f"{units.normalize():f}"


def watch(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What is to be watched after a release: the days on which time changes something, deliveries, events."""
    days = [
        (permit["valid_until"], say("monitoring.permit", lang(), number=permit.get("number") or "—"))
        for permit in permits(held.content)
        if permit.get("valid_until")
    ]
    if held.deal.due:
        days.append((held.deal.due.isoformat(), say("monitoring.next", lang())))
    bound = Bound.from_data(held.release.bound) if held.release else held.decided.bound
    return {
        "days": [(clock.day(day), why) for day, why in sorted(days)],
        "events": held.events,
        "release": held.release,
        "deliveries": [(delivery, plain(delivery.units)) for delivery in history.deliveries(held)],
        "checks": history.checks(held),
        **quantities(held, bound),
    }


PAGE = CasePage("release", "web/release.html", work, DEEDS)
MONITORING = CasePage("monitoring", "web/monitoring.html", watch)
