"""The ledger's page: the records latest first, without what they say, and the checkpoints that prove them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from enduse.casework.deals.queries import references
from enduse.casework.ledger.actions.checkpointing import checkpoint
from enduse.casework.ledger.history import Told, checkpoint_note, told_before
from enduse.casework.ledger.queries import checkpoints, head
from enduse.casework.ledger.writing import parsed
from enduse.casework.people.actor import Actor
from enduse.casework.people.roster import names
from enduse.domain.deal import visible
from enduse.formats.problems import BadInput
from enduse.web.access import actor_in, page
from enduse.web.templatetags.words import lang
from enduse.words import TABLE, say

SHOWN = 5  # checkpoints
COMMAND = "enduse ledger verify --checkpoint FILE"
# what a record is about, the page that shows it, and the verb that page takes
PAGES = {"deal": ("deal", "deals.see"), "person": ("person", "people.see")}


@page("ledger.see")
def ledger(request: HttpRequest) -> HttpResponse:
    """The records, latest first."""
    before, about = request.GET.get("before", ""), visible(request.GET.get("about", ""))  # PostgreSQL takes no NUL
    index = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    records, older = told_before(index, about=about)
    actor, known = actor_in(request), names({record.by for record in records if record.by})
    things = _named(records, actor)
    rows = [_row(record, known, things, actor) for record in records]
    held = {
        "rows": rows,
        "about": about,
        "size": head()[0],
        "older": f"?{urlencode({'before': older} | ({'about': about} if about else {}))}" if older is not None else "",
        "paged": index is not None,
        "checkpoints": [{"pk": made.pk, "size": made.size, "at": parsed(made.at)} for made in checkpoints()[:SHOWN]],
        "may_make": actor_in(request).may("ledger.checkpoint"),
        "command": COMMAND,
    }
    return render(request, "web/ledger.html", held)


@page("ledger.see", do="ledger.checkpoint")
def make_checkpoint(request: HttpRequest) -> HttpResponse:
    """Sign the ledger as it stands; what goes wrong with giving it out is told."""
    if request.method == "POST":
        try:
            made = checkpoint(by=actor_in(request))
        except BadInput as bad:
            for problem in bad.problems:
                messages.error(request, problem.text(lang()))
            return redirect("ledger")
        messages.success(request, say("journal.checkpoint.made", lang()))
        for problem in made.problems:
            messages.warning(request, problem.text(lang()))
    return redirect("ledger")


@page("ledger.see")
def checkpoint_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A checkpoint as it was given out."""
    made = checkpoint_note(pk)
    response = HttpResponse(made.note, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="checkpoint-{made.size:012}.txt"'
    return response


def _named(records: list[Told], actor: Actor) -> dict[str, str]:
    """What the deals and the people are called that records are about, as far as the reader may know."""
    numbers: dict[str, set[int]] = {"deal": set(), "person": set()}
    for thing, _, number in (record.about.partition(":") for record in records):
        if thing in numbers and number.isdecimal():
            numbers[thing].add(int(number))
    people = names(numbers["person"]) if actor.may("people.see") else {}
    return {f"deal:{pk}": name for pk, name in references(actor, numbers["deal"]).items()} | {f"person:{pk}": name for pk, name in people.items()}


def _row(record: Told, known: dict[int, str], things: dict[str, str], actor: Actor) -> dict[str, object]:
    thing, _, number = record.about.partition(":")
    name, verb = PAGES.get(thing, ("", ""))
    return {
        "index": record.index,
        "at": record.at,
        "what": say(f"event.{record.kind}", lang()) if f"event.{record.kind}" in TABLE else record.kind,
        "kind": record.kind,
        "about": things.get(record.about) or _thing(thing, number) or record.about,
        "href": reverse(name, args=[int(number)]) if name and number.isdecimal() and actor.may(verb) else "",
        "who": known.get(record.by, "") if record.by else say("told.by_system", lang()),
    }


def _thing(thing: str, number: str) -> str:
    """What a record is about, in words; empty where there are none."""
    if thing == "setting" and f"settings.{number}" in TABLE:
        return say("journal.setting", lang(), name=say(f"settings.{number}", lang()))
    if thing == "ledger" and not number:
        return say("journal.itself", lang())
    code = f"journal.{thing}"
    return say(code, lang(), pk=number) if code in TABLE and number.isdecimal() else ""


urls = [
    path("ledger/", ledger, name="ledger"),
    path("ledger/checkpoints/", make_checkpoint, name="ledger-checkpoint"),
    path("ledger/checkpoints/<int:pk>/", checkpoint_file, name="checkpoint"),
]
