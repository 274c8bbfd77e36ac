"""The history of a deal: the ledger's records of it, comments, and handing the deal over."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework.deals import history
from enduse.casework.deals.actions import files
from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.queries import Held
from enduse.casework.deals.queue import workers
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm
from enduse.web.events import told
from enduse.web.templatetags.words import lang
from enduse.words import say


class CommentForm(DeedForm):
    """A comment."""

    text = forms.CharField(max_length=8000, widget=TEXT)


class HandOverForm(DeedForm):
    """To whom, and whether the whole deal or one stage."""

    to = forms.TypedChoiceField(coerce=int)
    stage = forms.ChoiceField(required=False)
    note = forms.CharField(max_length=4000, required=False, widget=TEXT)

    def prepare(self) -> None:
        """Those who work on deals, and the stages."""
        self.fields["to"].choices = [("", "—"), *((person.pk, person.name) for person in workers())]  # type: ignore[attr-defined]
        whole = ("", say("deed.hand_over.whole", lang()))
        self.fields["stage"].choices = [whole, *((stage, say(f"stage.{stage}", lang())) for stage in STAGES)]  # type: ignore[attr-defined]


DEEDS = (
    Deed(
        "comment",
        "deal.comment",
        CommentForm,
        lambda actor, held, given: files.comment(held.deal.pk, by=actor, text=given["text"]),
        lambda held, _: True,
        "main",
    ),
    Deed(
        "hand_over",
        "deal.hand_over",
        HandOverForm,
        lambda actor, held, given: files.hand_over(held.deal.pk, by=actor, to=given["to"], stage=given["stage"], note=given["note"]),
        lambda held, _: True,
    ),
)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """The records, newest first, a page of them."""
    before = request.GET.get("before", "")
    found, older = history.events(held.deal.pk, before=int(before) if before.isdecimal() and len(before) < 19 else None)
    return {"events": [told(event) for event in found], "older": found[-1].index if older else None, "newest": bool(before)}


PAGE = CasePage("timeline", "web/timeline.html", work, DEEDS)
