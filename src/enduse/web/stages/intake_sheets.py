"""The sheets of the intake: the solution, delivery and end use, terms, talks, the day and the exporter; each shows what still matters."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import QueryDict

from enduse.casework.deals.deciding import edition
from enduse.casework.deals.queries import Held
from enduse.web.stages.fields import (
    Choice,
    Countries,
    Currency,
    Day,
    Line,
    Lines,
    Number,
    Paragraph,
    Pick,
    countries,
    levels,
    named,
    or_none,
    phrases,
    question,
)
from enduse.web.stages.sheets import EMPTY, Path, Row, Sheet, Table, at
from enduse.web.templatetags.words import lang
from enduse.words import say

FORMS = ("saas", "api", "on_premises", "device", "weights", "source_code", "ip_rights", "development", "other")
# what is asked of every deal, whatever the indicators read
ALWAYS: frozenset[Path] = frozenset(
    {
        ("title",),
        ("date",),
        ("exporter", "name"),
        ("exporter", "registration"),
        ("solution", "name"),
        ("solution", "version"),
        ("solution", "hardware"),
        ("delivery", "form"),
        ("end_use", "purpose"),
        ("quantity", "units"),
        ("quantity", "of"),
        ("shipment", "final_destination", "country"),
    }
)


def fed(held: Held) -> dict[Path, list[str]]:
    """What the indicators that have no answer yet would read: each key with their numbers."""
    found: dict[Path, list[str]] = {}
    for number, indicator in edition().indicators.items():
        if f"indicator_{number}" in held.decided.decision.missing:
            for key in indicator.feeds:
                found.setdefault(tuple(key.split(".")), []).append(number)
    return found


class StepSheet(Sheet):
    """A step of the intake: of its fields those that are asked of every deal, that an open indicator reads, or that are filled in."""

    def __init__(self, data: QueryDict | None, *, held: Held, everything: bool = False, **kwargs: Any) -> None:
        self.everything, self.read_by = everything, fed(held)
        self.left_out: list[str] = []
        super().__init__(data, name="intake", held=held, **kwargs)
        for name in [name for name in self.fields if name not in self.own]:
            numbers = self.readers(self.path(name))
            if not (everything or numbers or self.path(name) in ALWAYS or at(self.content, self.path(name)) not in EMPTY):
                self.left_out.append(str(self.fields.pop(name).label))
            elif numbers and at(self.content, self.path(name)) in EMPTY:
                self.fields[name].help_text = f"{self.fields[name].help_text} {_read_by(numbers)}".strip()

    def readers(self, path: Path) -> list[str]:
        """The indicators without an answer that would read what stands at or beneath a path."""
        return [number for key, numbers in self.read_by.items() if key[: len(path)] == path for number in numbers]

    def has_table(self, key: str) -> bool:
        table = self.tables[key]
        shown = self.everything or bool(self.readers(table.path)) or bool(table.rows(self.content))
        if not shown:
            self.left_out.append(say(f"{self.words_of}.{key}", lang()))
        return shown

    @property
    def unfilled(self) -> int:
        """How many of the fields and tables shown say nothing yet although an open indicator would read them."""
        paths = [self.path(name) for name in self.fields if name not in self.own] + [rows.table.path for rows in self.rows.values()]
        return sum(1 for path in paths if at(self.content, path) in EMPTY and self.readers(path))


def _read_by(numbers: list[str]) -> str:
    return say("desk.read_by", lang(), numbers=", ".join(number for number in edition().indicators if number in numbers))


class SolutionSheet(StepSheet):
    """What is to go."""

    words_of = "form.solution"
    paths: ClassVar = {
        **{name: ("solution", name) for name in ("name", "version", "domains", "required_platform", "required_services", "usual_sites")},
        "price": ("solution", "list_price", "amount"),
        "currency": ("solution", "list_price", "currency"),
    }
    name = Line()
    version = Line()
    domains = Lines()
    required_platform = Lines()
    required_services = Lines()
    usual_sites = Lines()
    price = Number()
    currency = Currency()


class DeliverySheet(StepSheet):
    """How it is handed over, and what for."""

    words_of = "form.delivery"
    paths: ClassVar = {
        "form": ("delivery", "form"),
        "hardware": ("solution", "hardware"),
        "purpose": ("end_use", "purpose"),
        "site_name": ("end_use", "site", "name"),
        "site_type": ("end_use", "site", "type"),
        "site_access": ("end_use", "site", "access"),
        **{name: ("end_use", name) for name in ("requested", "answered", "refused")},
    }
    form = Pick(or_none(phrases("forms", *FORMS)))
    hardware = Choice(levels("hardware", "no", "yes", "unknown"), "unknown", label=question("hardware"))
    purpose = Paragraph(rows=2)
    requested = Day()
    answered = Day()
    refused = Choice(or_none(named("answer", "no", "yes")))
    site_name = Line()
    site_type = Line()
    site_access = Choice(or_none(named("site_access", "open", "restricted", "closed_area")))


class TermsSheet(StepSheet):
    """How much, how it is paid, and how it travels."""

    words_of = "form.terms"
    paths: ClassVar = {
        "units": ("quantity", "units"),
        "of": ("quantity", "of"),
        "method": ("payment", "method"),
        "price": ("payment", "price", "amount"),
        "currency": ("payment", "price", "currency"),
        "prepayment": ("payment", "prepayment_percent"),
        "payer": ("payment", "payer"),
        "destination_country": ("shipment", "final_destination", "country"),
        "destination_name": ("shipment", "final_destination", "name"),
        "destination_address": ("shipment", "final_destination", "address"),
        **{name: ("shipment", name) for name in ("route", "mode", "packaging", "technical_documentation", "training_days")},
        "offered": ("services", "offered"),
        "declined": ("services", "declined"),
    }
    units = Number()
    of = Line()
    method = Pick(or_none(named("payment_method", "transfer", "letter_of_credit", "cash", "crypto", "other")))
    price = Number()
    currency = Currency()
    prepayment = Number()
    payer = Line()
    destination_country = Pick(or_none(countries))
    destination_name = Line()
    destination_address = Line()
    route = Countries()
    mode = Line()
    packaging = Line()
    technical_documentation = Choice(or_none(named("answer", "no", "yes")))
    training_days = Number()
    offered = Lines()
    declined = Lines()


class QuestionRow(Row):
    """A routine question and how it was answered."""

    words_of = "form.question"
    question = Line(required=True)
    asked = Day()
    answered = Day()
    verdict = Pick(or_none(named("question_verdict", "clear", "evasive", "none")))


class ModificationRow(Row):
    """A change to the solution that was asked for."""

    words_of = "form.modification"
    text = Line(required=True)


class TalksSheet(StepSheet):
    """What the negotiations showed."""

    words_of = "form.talks"
    paths: ClassVar = {
        "known_asked": ("knowledge", "asked"),
        "known": ("knowledge", "known"),
        "demands": ("confidentiality", "demands"),
        "justified": ("confidentiality", "justified"),
    }
    tables: ClassVar = {"questions": Table(QuestionRow, ("questions",)), "modifications": Table(ModificationRow, ("modifications",))}
    known_asked = Number()
    known = Number()
    demands = Lines()
    justified = Choice(or_none(named("answer", "no", "yes")))


class DaySheet(StepSheet):
    """The deal's name, the day that it is decided for, and our legal entity."""

    words_of = "form.day"
    paths: ClassVar = {"exporter_name": ("exporter", "name"), "exporter_registration": ("exporter", "registration")}
    title = Line()
    date = Day()
    exporter_name = Line()
    exporter_registration = Line()


STEP_SHEETS: dict[str, type[StepSheet]] = {
    "solution": SolutionSheet,
    "delivery": DeliverySheet,
    "terms": TermsSheet,
    "talks": TalksSheet,
    "day": DaySheet,
}
