"""Every code that a record of casework holds has words in both languages, the edition's where the edition has some."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from enduse import words
from enduse.casework.deals.keeping import STAGES
from enduse.casework.ledger.claims import ENTRIES
from enduse.casework.people.roles import POWERS, ROLES
from enduse.casework.people.settings import CHOICES
from enduse.domain import deal, monitoring
from enduse.domain.release import POLICIES
from enduse.domain.rules import Effect
from enduse.formats import deal_shape
from enduse.formats.schema import Shape
from enduse.stores.editions import load_edition
from enduse.words.casework import CASEWORK

CASES = Path(__file__).resolve().parents[2] / "src" / "enduse" / "casework"
STATUSES = ("open", "submitted", "rejected", "approved", "released", "suspended", "stopped", "withdrawn", "refused")
EDITION = load_edition()


def words_of(shape: type[Shape], field: str) -> tuple[str, ...]:
    """The words that a key of a deal file may hold."""
    annotation = shape.model_fields[field].annotation
    choice = next((part for part in get_args(annotation) if get_args(part)), annotation)
    return get_args(choice)


GROUPS: dict[str, Iterable[str]] = {
    "role": ROLES,
    "verb": POWERS,
    "stage": STAGES,
    "status": STATUSES,
    "outcome": Effect.__members__,
    "check": EDITION.checks,
    "policy": [*POLICIES, *(f"{policy}.hint" for policy in POLICIES)],
    "setting": [*CHOICES, *(f"{name}.hint" for name in CHOICES)],
    "cause": ["by_hand", *monitoring.CAUSES.values()],
    "state": get_args(monitoring.State),
    "turn": get_args(monitoring.Event),
    "release_event": get_args(monitoring.Event),
    "register_event": tuple({event: None for event in ENTRIES.values() if event}),
    "closing": ("refused", "withdrawn"),
    "approval_word": ("approved", "rejected"),
    "hold": ("open", "lifted"),
    "party_role": get_args(deal.Role),
    "party_kind": get_args(deal.Kind),
    "delivery_form": get_args(deal.Form),
    "purpose": get_args(deal.Purpose),
    "grade": get_args(deal.Grade),
    "reliability": words_of(deal_shape.Evidence, "reliability"),
    "written": get_args(deal.YesNo),
    "permit_status": [*get_args(deal.PermitStatus), "unknown"],
    "trigger": get_args(deal.Trigger),
    "indicator_state": [*get_args(deal.IndicatorState), "not_applicable"],
    "clauses_state": get_args(deal.ClausesState),
    "risk": get_args(deal.Risk),
    "choice": get_args(deal.Choice),
    "suitability": get_args(deal.Suitability),
    "answer": get_args(deal.YesNoUnknown),
    "identification_result": get_args(deal.Listing),
    "verdict": get_args(deal_shape.Comparison.model_fields["verdict"].annotation),
    "screening_result": get_args(deal_shape.Screened.model_fields["result"].annotation),
    "payment_method": words_of(deal_shape.Payment, "method"),
    "site_access": words_of(deal_shape.Site, "access"),
    "question_verdict": words_of(deal_shape.Question, "verdict"),
    "contract_kind": words_of(deal_shape.Contract, "kind"),
}


def kinds() -> Iterator[str]:
    """The kinds of action: what stands for a parameter `kind`, by name, by place or as its default."""
    trees = [ast.parse(path.read_text("utf-8")) for path in CASES.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    at = {one.name: place for one in functions for place, argument in enumerate(one.args.args) if argument.arg == "kind"}
    found: list[ast.expr | None] = [
        default for one in functions for argument, default in zip(one.args.kwonlyargs, one.args.kw_defaults, strict=True) if argument.arg == "kind"
    ]
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        found += [keyword.value for keyword in call.keywords if keyword.arg == "kind"]
        if isinstance(call.func, ast.Name) and call.func.id in at:
            found += call.args[at[call.func.id] : at[call.func.id] + 1]
    texts = {node.value for node in found if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    yield from sorted(text for text in texts if "." in text)


KINDS = list(kinds())


@pytest.mark.parametrize("group", GROUPS)
def test_every_code_of_a_group_has_words_and_no_words_are_of_another(group: str) -> None:
    held = {code.removeprefix(f"{group}.") for code in CASEWORK if code.startswith(f"{group}.")}
    assert held == set(GROUPS[group]) != set()


def test_every_group_of_the_vocabulary_is_one_of_these() -> None:
    assert {code.split(".")[0] for code in CASEWORK} == {*GROUPS, "event"}


def test_the_kinds_of_action_are_found_in_every_way_they_are_given() -> None:
    assert {"deal.filed", "deal.imported", "deal.intake_saved", "deal.stopped", "deal.abandoned", "people.added"} <= set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_action_has_a_sentence_for_the_timeline(kind: str) -> None:
    ru, en = words.TABLE[f"event.{kind}"]
    assert ru != en
    assert "{" not in ru + en


@pytest.mark.parametrize("code", CASEWORK)
def test_words_are_two_languages_without_places_for_values(code: str) -> None:
    ru, en = CASEWORK[code]
    assert re.search("[а-я]", ru) and not re.search("[а-яА-Я]", en)
    assert "{" not in ru + en
    assert ru.strip() == ru != "" and en.strip() == en != ""


@pytest.mark.parametrize(
    ("group", "phrases"),
    [
        ("outcome", "outcomes"),
        ("party_role", "roles"),
        ("delivery_form", "forms"),
        ("trigger", "triggers"),
        ("permit_status", "permit_statuses"),
        ("grade", "grades"),
    ],
)
def test_what_the_edition_names_is_named_as_it_names_it(group: str, phrases: str) -> None:
    for code, said in EDITION.phrases[phrases].items():
        assert CASEWORK[f"{group}.{code}"] == (said.ru, said.en)


def test_checks_are_named_as_the_edition_names_them() -> None:
    for fact in EDITION.facts.values():
        if fact.check:
            assert CASEWORK[f"check.{fact.check}"] == (fact.name.ru, fact.name.en)


def test_a_code_in_two_files_of_words_says_the_same() -> None:
    said: dict[str, tuple[str, str]] = {}
    for found in pkgutil.iter_modules(words.__path__):
        module = importlib.import_module(f"enduse.words.{found.name}")
        for table in (value for name, value in vars(module).items() if name.isupper() and isinstance(value, dict)):
            assert {code for code in table if said.setdefault(code, table[code]) != table[code]} == set(), found.name
