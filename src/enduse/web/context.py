"""What every template knows: who acts, the language, and the sections that this actor may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from enduse.casework.people.actor import Actor
from enduse.web.templatetags.words import lang
from enduse.words import say

# the sections: words, name of the address, the verb it takes
SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("shell.queue", "queue", "deals.see"),
    ("shell.new", "deal-new", "deal.file"),
    ("shell.register", "register", "register.see"),
    ("shell.parties", "parties", "parties.see"),
    ("shell.solutions", "solutions", "solutions.see"),
    ("shell.people", "people", "people.see"),
    ("shell.settings", "settings", "settings.see"),
    ("shell.ledger", "ledger", "ledger.see"),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A way from every page: where to, what it is called, and whether the reader is there."""

    label: str
    href: str
    here: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, the language and the sections."""
    actor: Actor | None = getattr(request, "actor", None)
    known = actor is not None and not actor.is_system
    return {
        "actor": actor,
        "who": actor.signature.rpartition(" (")[0] if actor is not None else "",
        "lang": lang(),
        "navigation": sections(actor, request.path) if actor is not None and known else [],
        "may_see_deals": actor is not None and known and actor.may("deals.see"),
    }


def sections(actor: Actor, path: str) -> list[Section]:
    """The sections that this actor may open; the one that `path` lies deepest in is here."""
    held = [(say(code, lang()), reverse(name)) for code, name, verb in SECTIONS if actor.may(verb)]
    inside = max((href for _, href in held if path.startswith(href)), key=len, default="")
    return [Section(label, href, href == inside) for label, href in held]
