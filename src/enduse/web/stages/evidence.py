"""What is known of a deal: items with grade and source, rebuttals and whether they count, and the checks of 3.2. Nothing is deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import evidence
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.evidence import PURPOSES, rebuttals, same_person
from enduse.formats.deal_parts import Content, items
from enduse.web.access import actor_in, page
from enduse.web.forms import Seen, words
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.checks import check_offers, checks_shown
from enduse.web.stages.fields import Choice, Marks, Paragraph, Pick, capital, in_order, named, or_none, phrases
from enduse.web.templatetags.words import lang

GRADES = ("alleged", "concern", "confirmed")
REBUTTABLE = ("alleged", "concern")
RELIABILITIES = ("high", "medium", "low", "unknown")


class WithFiles(Seen):
    """A form that may name files of the deal."""

    attachments = Marks()

    def __init__(self, data: QueryDict | None, *, held: Held, prefix: str) -> None:
        super().__init__(data, prefix=prefix, initial={"seen": held.version.number})
        files = self.fields["attachments"]
        files.choices = [(digest, name) for digest, name in files_of(held).items()]  # type: ignore[attr-defined]
        if not files_of(held):
            del self.fields["attachments"]


class RecordForm(WithFiles):
    """Something known."""

    words_of = "form.evidence"
    purpose = Choice(named("purpose", *PURPOSES), required=True)
    grade = Choice(phrases("grades", *GRADES), required=True)
    source = Paragraph(required=True)
    reliability = Choice(named("reliability", *RELIABILITIES), initial="unknown")
    party = Pick()

    field_order = ("purpose", "grade", "source", "reliability", "party", "attachments")

    def __init__(self, data: QueryDict | None, *, held: Held, prefix: str) -> None:
        super().__init__(data, held=held, prefix=prefix)
        names = [str(party.get("name") or "").strip() for party in items(held.content, "parties")]
        self.fields["party"].choices = or_none(lambda: in_order(filter(None, names)), "desk.whole_deal")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("grade") == "confirmed" and not found.get("attachments"):
            self.add_error("grade", words("evidence.confirmed"))
        return found


class RebutForm(WithFiles):
    """The enquiries that answer an item."""

    words_of = "form.rebuttal"
    source = Paragraph(required=True)
    field_order = ("source", "attachments")


@dataclass(frozen=True, slots=True)
class Answer:
    """A rebuttal of an item, and why it does not count, where it does not."""

    item: Content
    why_not: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An item as the page tells it."""

    item: Content
    purpose: str
    grade: str
    stands: bool
    files: list[str]
    answers: list[Answer]
    same_person: bool
    form: Form | None


@page("deals.see", do="deal.evidence")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""
    actor = actor_in(request)

    def record(form: RecordForm, _: Held) -> object:
        said = form.cleaned_data
        given = {name: said[name] for name in ("seen", "purpose", "grade", "source", "party")}
        return evidence.record_evidence(pk, by=actor, **given, reliability=said["reliability"] or "unknown", attachments=said.get("attachments", ()))

    def rebuttal(item: str, name: str) -> Offer:
        def act(form: RebutForm, _: Held) -> object:
            said = form.cleaned_data
            return evidence.rebut(pk, by=actor, seen=said["seen"], item=item, source=said["source"], attachments=said.get("attachments", ()))

        return Offer("deal.rebut", lambda data, held: RebutForm(data, held=held, prefix=name), act, then=f"#{name}")

    def offers(held: Held) -> dict[str, Offer]:
        found = {"record": Offer("deal.evidence", lambda data, held: RecordForm(data, held=held, prefix="record"), record, then="#items")}
        for place, item in enumerate(items(held.content, "evidence")):
            if item.get("grade") in REBUTTABLE and not is_own(item, actor):
                found[f"item-{place}"] = rebuttal(str(item.get("id")), f"item-{place}")
        return found | check_offers(request, held, "evidence")

    def context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
        return {"shown": shown(held, actor, forms), "checks": checks_shown(held, "evidence", forms)}

    return attend(request, pk, stage, offers, context)


def is_own(item: Content, actor: Actor) -> bool:
    """Whether somebody recorded an item, or whoever they stand in for did: another person rebuts it."""
    return any(same_person(str(item.get("recorded_by") or ""), name) for name in (actor.signature, *actor.names))


def files_of(held: Held) -> dict[str, str]:
    """The deal's files: digest to name."""
    return {file.digest: file.name for file in held.attachments}


def shown(held: Held, actor: Actor, forms: Mapping[str, Form]) -> list[Shown]:
    """The items in the order of the deal, each with what answers it; what only answers stands with what it answers."""
    worded, files = wording(lang()), files_of(held)
    rows = items(held.content, "evidence")
    by_id = {str(row.get("id")).strip(): row for row in rows}
    answers: dict[str, list[Answer]] = {}
    for answer, item, why in rebuttals(held.decided.deal.evidence):
        said = worded.phrase("idle", why) if why else ""
        answers.setdefault(item.id, []).append(Answer(_with_files(by_id[answer.id], files), said))
    found = []
    for place, row in enumerate(rows):
        if row.get("grade") == "clearing" and row.get("rebuts"):
            continue
        name, grade = str(row.get("id")).strip(), str(row.get("grade"))
        held_by = answers.get(name, [])
        stands = grade != "clearing" and all(answer.why_not for answer in held_by)
        level = capital(worded.phrase("grades", grade)) if grade != "clearing" else ""
        named_files = _with_files(row, files)["files"]
        found.append(Shown(row, str(row.get("purpose")), level, stands, named_files, held_by, is_own(row, actor), forms.get(f"item-{place}")))
    return found


def _with_files(row: Content, files: Mapping[str, str]) -> Content:
    return {**row, "files": [files.get(str(one), str(one)) for one in row.get("attachments") or []]}
