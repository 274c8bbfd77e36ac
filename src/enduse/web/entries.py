"""The register's page of a deal: the documents it rests on, what its record lacks, its entries, and their corrections (5.3)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest

from enduse.casework.deals import history
from enduse.casework.deals.actions import registering, stages
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.register import lacks
from enduse.formats.deal_parts import items, part
from enduse.web.deeds import TEXT, CasePage, Deed, DeedForm
from enduse.web.forms import filled, words
from enduse.web.panel import wording
from enduse.web.reading import told
from enduse.web.templatetags.words import lang

FREE_ROWS, MOST_ROWS = 2, 60


class DocumentsForm(DeedForm):
    """The documents, a line each: those that are there and some empty lines; and why the record leaves something out."""

    sees = ("seen",)
    excused = forms.CharField(max_length=4000, required=False, widget=TEXT)

    def prepare(self) -> None:
        """Three fields a line. How many lines there are is what the form says that was sent, else what the deal holds."""
        held = items(self.held.content, "documents")
        sent = sum(name.startswith("kind_") for name in self.data) if self.is_bound else 0
        for number in range(min(max(len(held) + FREE_ROWS, sent), MOST_ROWS)):
            row = held[number] if number < len(held) else {}
            for name, field in (
                ("kind", forms.CharField(max_length=200, required=False)),
                ("number", forms.CharField(max_length=200, required=False)),
            ):
                self.fields[f"{name}_{number}"] = field
            self.fields[f"date_{number}"] = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
            for name in ("kind", "number", "date"):
                shown = self.fields[f"{name}_{number}"]
                shown.label, shown.initial = words("deed.documents.line", number=number + 1, name=words(f"key.{name}")), row.get(name)
        self.fields["excused"].initial = part(self.held.content, "record").get("excused")
        self.order_fields([name for name in self.fields if name != "excused"])

    def rows(self) -> list[dict[str, str]]:
        """The lines in which something stands."""
        found = []
        for number in range(MOST_ROWS):
            row = filled({name: self.cleaned_data.get(f"{name}_{number}") for name in ("kind", "number", "date")})
            if row:
                found.append({name: value if isinstance(value, str) else value.isoformat() for name, value in row.items()})
        return found

    def clean(self) -> dict[str, Any]:
        """The lines as one value."""
        return {**self.cleaned_data, "documents": self.rows()}


class CorrectForm(DeedForm):
    """A new entry in place of a wrong one."""

    entry = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(max_length=4000, widget=TEXT)

    def prepare(self) -> None:
        """The entries that nothing corrects yet."""
        self.fields["entry"].choices = [  # type: ignore[attr-defined]
            (entry.number, f"№ {entry.number}, {entry.at:%d.%m.%Y}") for entry in correctable(self.held)
        ]


def correctable(held: Held) -> list[Any]:
    """The entries that nothing corrects yet."""
    return [entry for entry in history.entries(held) if not entry.corrections.all()]


def _correct(actor: Actor, held: Held, given: dict[str, Any]) -> object:
    return registering.correct(given["entry"], by=actor, reason=given["reason"])


DEEDS = (
    Deed(
        "document",
        "deal.document",
        DocumentsForm,
        lambda actor, held, given: stages.document(
            held.deal.pk, by=actor, seen=given["seen"], documents=given["documents"], excused=given["excused"]
        ),
        tone="main",
    ),
    Deed("correct", "register.correct", CorrectForm, _correct, lambda held, _: bool(correctable(held))),
)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """What the page shows beside its forms."""
    worded = wording(lang())
    return {
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
