"""What the tests of a deal's pages share: a deal through the real actions, and a form as a browser would send it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from enduse.casework.deals.actions import approving, releasing
from enduse.casework.deals.models import Deal
from enduse.casework.deals.queries import Held
from tests.casework.cast import imported
from tests.web.conftest import Member


def taken_in(by: Member, **changes: Any) -> int:
    """The clean deal with keys changed, taken in."""
    return imported(by.actor, **changes).deal.pk


def standing(deal: int) -> Held:
    """A deal as it stands now."""
    return Held(Deal.objects.get(pk=deal))


def put_forward(deal: int, anna: Member) -> None:
    """What stands, put forward."""
    approving.submit(deal, by=anna.actor, seen=standing(deal).decided.signed)


def approved(deal: int, anna: Member, boris: Member) -> None:
    """What stands, put forward and approved."""
    put_forward(deal, anna)
    approving.approve(deal, by=boris.actor, seen=standing(deal).decided.signed)


def released(anna: Member, boris: Member, **changes: Any) -> int:
    """A deal that goes."""
    deal = taken_in(anna, **changes)
    approved(deal, anna, boris)
    releasing.release(deal, by=anna.actor)
    return deal


def stage(deal: int, name: str) -> str:
    """The address of a stage."""
    return reverse("deal-stage", kwargs={"pk": deal, "stage": name})


class _Forms(HTMLParser):
    """Every form of a page: its action, and what its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, dict[str, str]] = {}
        self.action: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        if tag == "form":
            self.action = held.get("action") or ""
            self.forms[self.action] = {}
        elif self.action is not None and tag == "textarea":
            self.area = str(held.get("name"))
            self.forms[self.action][self.area] = ""
        elif self.action is not None and tag == "input" and held.get("name") and (held.get("type") not in ("radio", "checkbox") or "checked" in held):
            self.forms[self.action][str(held["name"])] = held.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.area and self.action is not None:
            self.forms[self.action][self.area] += data if self.forms[self.action][self.area] else data.removeprefix("\n")  # as a browser does

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.action = None
        if tag == "textarea":
            self.area = None


def forms(response: Any) -> dict[str, dict[str, str]]:
    """The forms of a page by their action, each with what a browser would send of it as it stands."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


def do(client: Client, deal: int, page: str, deed: str, **given: Any) -> HttpResponse:
    """Open a page and send one of its forms, filled in."""
    address = reverse(f"deal-{deed}", args=[deal])
    home = stage(deal, page) if page not in ("timeline", "files") else reverse(f"deal-{page}", args=[deal])
    held = forms(client.get(home)).get(address, {})
    return client.post(address, {**held, **given})  # type: ignore[return-value]
