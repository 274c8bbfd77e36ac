"""The contract: whether it carries the use restrictions (5.2), what it is and says of end use, and the documents of 5.3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict

from enduse.casework.deals.actions import stages
from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.casework.deals.reading import content_at
from enduse.formats.deal_parts import part
from enduse.web.access import actor_in, page
from enduse.web.forms import words
from enduse.web.panel import wording
from enduse.web.stages.answering import Offer, attend
from enduse.web.stages.fields import Choice, Day, Line, Paragraph, Pick, capital, levels, named, or_none, question
from enduse.web.stages.sheets import Row, Sheet, Table, opened_on
from enduse.web.templatetags.words import lang

STATES = ("agreed", "rejected", "excused", "unknown")
DRAFTERS = ("us", "counterparty")


class SettleSheet(Sheet):
    """Whether the contract binds the counterparty and the end user."""

    words_of = "form.clauses"
    state = Choice(levels("clauses", *STATES), "unknown", label=question("clauses"), required=True)
    reason = Paragraph()

    def __init__(self, data: QueryDict | None, *, held: Held) -> None:
        stated = part(content_at(held, opened_on(data, "settle", held)), "contract").get("clauses")
        super().__init__(data, name="settle", held=held, content=stated if isinstance(stated, dict) else {"state": stated})

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if found.get("state") == "excused" and not found.get("reason"):
            self.add_error("reason", words("form.clauses.unreasoned"))
        return found


class ContractSheet(Sheet):
    """What the contract is, and what it says of destination and purpose."""

    words_of = "form.contract"
    paths: ClassVar = {name: ("contract", name) for name in stages.CONTRACT}
    kind = Choice(or_none(named("contract_kind", "export", "development")))
    drafted_by = Pick()
    end_destination = Line()
    end_use_purpose = Line()

    def __init__(self, data: QueryDict | None, *, held: Held) -> None:
        super().__init__(data, name="contract", held=held)
        drafter = part(self.content, "contract").get("drafted_by")
        others = [(drafter, drafter)] if drafter and drafter not in DRAFTERS else []
        self.fields["drafted_by"].choices = or_none(lambda: [*named("drafter", *DRAFTERS)(), *others])  # type: ignore[attr-defined]


class DocumentRow(Row):
    """A document that the deal rests on."""

    words_of = "form.document"
    kind = Line()
    number = Line()
    date = Day()


class DocumentsSheet(Sheet):
    """The documents, and why the record leaves something out, where it does."""

    words_of = "form.documents"
    paths: ClassVar = {"excused": ("record", "excused")}
    tables: ClassVar = {"documents": Table(DocumentRow, ("documents",))}
    excused = Paragraph(rows=2)


@page("deals.see", do="deal.document")
def view(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """The page."""
    actor = actor_in(request)

    def settle(form: SettleSheet, _: Held) -> object:
        said = form.cleaned_data
        return stages.settle_clauses(pk, by=actor, seen=said["seen"], state=said["state"], reason=said["reason"])

    def describe(form: ContractSheet, _: Held) -> object:
        changes = {name: value or None for name, value in form.changes().items()}
        return stages.describe_contract(pk, by=actor, seen=form.cleaned_data["seen"], changes=changes)

    def record(form: DocumentsSheet, held: Held) -> object:
        made = form.applied(held.content)
        excused = str(part(made, "record").get("excused") or "")
        return stages.document(pk, by=actor, seen=form.cleaned_data["seen"], documents=made.get("documents") or [], excused=excused)

    def offers(_: Held) -> dict[str, Offer]:
        return {
            "documents": Offer("deal.document", lambda data, held: DocumentsSheet(data, name="documents", held=held), record, "#documents", True),
            "settle": Offer("deal.clauses", lambda data, held: SettleSheet(data, held=held), settle, only_changed=True),
            "contract": Offer("deal.clauses", lambda data, held: ContractSheet(data, held=held), describe, "#contract", True),
        }

    return attend(request, pk, stage, offers, _context)


def _context(held: Held, forms: Mapping[str, Form]) -> dict[str, Any]:
    worded, decision = wording(lang()), held.decided.decision
    clause = edition().clauses.get("5.2")
    return {
        "facts": {fact: capital(worded.fact(decision, fact, decision.facts[fact])) for fact in ("clauses", "record")},
        "clause_text": clause.text.of(lang()) if clause else "",
    }
