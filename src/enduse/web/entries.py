"""The register's page of a deal: the documents it rests on, what its record lacks, its entries, and their corrections (5.3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework import clock
from enduse.casework.deals import history
from enduse.casework.deals.actions import registering
from enduse.casework.deals.queries import Held
from enduse.casework.deals.registering import Particulars, of_release
from enduse.casework.people.actor import Actor
from enduse.domain.deal import given
from enduse.domain.register import lacks
from enduse.formats.deal_parts import items, part
from enduse.web.access import actor_in
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm
from enduse.web.forms import filled, words
from enduse.web.panel import wording
from enduse.web.reading import told
from enduse.web.templatetags.words import lang

FREE_ROWS, MOST_ROWS = 2, 60
DOCUMENT = ("kind", "number", "date")


class CorrectForm(DeedForm):
    """A new entry in place of a wrong one: the documents it rests on, and what the entry of a deal that did not go lacks."""

    entry = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    excused = forms.CharField(max_length=4000, required=False, widget=TEXT)
    reason = forms.CharField(max_length=4000, widget=TEXT)

    def prepare(self) -> None:
        """The entries that nothing corrects yet. Where there is but one, its documents stand there to be put right."""
        self.found = correctable(self.held)
        self.fields["entry"].choices = [  # type: ignore[attr-defined]
            (entry.number, f"№ {entry.number}, {clock.local_day(entry.at):%d.%m.%Y}") for entry in self.found
        ]
        only = self.found[0] if len(self.found) == 1 else None
        self.fields["entry"].initial = only and only.number
        self.fields["excused"].initial = only and only.content.get("excused")
        self._documents(only.content["documents"] if only else [])
        open_ones = [entry for entry in self.found if entry.lacks and not of_release(entry)]
        if open_ones:
            self._lacking(open_ones[-1])
        self.order_fields([name for name in self.fields if name not in ("excused", "reason")])

    def _documents(self, held: list[dict[str, str]]) -> None:
        """Three fields a line. How many lines there are is what the form says that was sent, else what the entry holds."""
        sent = sum(name.startswith("kind_") for name in self.data) if self.is_bound else 0
        self.lines = max(len(held) + FREE_ROWS, min(sent, len(held) + MOST_ROWS))  # the limit limits what is added, never what is held
        for line in range(self.lines):
            for name in DOCUMENT:
                day = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
                shown: forms.Field = day if name == "date" else forms.CharField(max_length=200, required=False)
                shown.label = words("deed.correct.document", number=line + 1, name=words(f"key.{name}"))
                shown.initial = (held[line] if line < len(held) else {}).get(name)
                self.fields[f"{name}_{line}"] = shown

    def _lacking(self, entry: Any) -> None:
        """What a deal that has ended did not say when it did."""
        for lack in ("solution", "version"):
            if lack in entry.lacks:
                self._line(lack, words(f"deed.correct.{lack}"))
        for place, party in enumerate(entry.content["parties"] or [{"role": "counterparty"}]):
            if given(party.get("name")) is None:
                self._line(f"party_{place}", words("deed.correct.party", role=wording(lang()).phrase("roles", party["role"])))

    def _line(self, name: str, label: Any) -> None:
        self.fields[name] = forms.CharField(max_length=500, required=False, label=label)

    def clean(self) -> dict[str, Any]:
        """What is to be put right, as one value."""
        said = self.cleaned_data
        lines = [filled({name: said.get(f"{name}_{line}") for name in DOCUMENT}) for line in range(self.lines)]
        documents = [{name: value if isinstance(value, str) else value.isoformat() for name, value in line.items()} for line in lines if line]
        names = {int(name.removeprefix("party_")): value for name, value in said.items() if name.startswith("party_") and value}
        solution, version = said.get("solution") or "", said.get("version") or ""
        excused = said.get("excused") or ("" if len(self.found) == 1 else None)  # emptied counts only where what was said stood there
        return {**said, "given": Particulars(documents, excused, solution, version, names)}


def correctable(held: Held) -> list[Any]:
    """The entries that nothing corrects yet."""
    return [entry for entry in history.entries(held) if not entry.corrections.all()]


def _correct(actor: Actor, held: Held, said: dict[str, Any]) -> object:
    return registering.correct(said["entry"], by=actor, reason=said["reason"], given=said["given"])


DEEDS = (Deed("correct", "register.correct", CorrectForm, _correct, lambda held, _: bool(correctable(held))),)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What the page shows beside its forms. Documents are stated on the contract's page: `states`, whether this reader may."""
    worded = wording(lang())
    return {
        "states": actor_in(request).may("deal.document") and not held.closed,
        "lacking": [worded.phrase("record", lack) for lack in lacks(held.decided.deal)],
        "documents": items(held.content, "documents"),
        "excused": part(held.content, "record").get("excused"),
        "entries": [
            (
                entry,
                [worded.phrase("record", lack) for lack in entry.lacks],
                told({key: entry.content[key] for key in ("documents", "parties", "subjects", "identification") if key in entry.content}, lang()),
            )
            for entry in history.entries(held)
        ],
    }


PAGE = CasePage("register", "web/register_stage.html", work, DEEDS)
