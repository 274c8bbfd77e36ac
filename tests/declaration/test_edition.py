"""The edition as data: whole, our own words, equal in both languages, and true to the official text's numbers."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from enduse.domain.decision import clause_order
from enduse.domain.rules import Words, atoms_of
from enduse.formats.official import differences, parse_official
from enduse.reference import country_codes, country_name
from enduse.stores.editions import editions_held, load_edition, load_source
from tests.domain.oracle import chain_of

EDITION = load_edition()
SECTIONS = {1: 7, 2: 2, 3: 4, 4: 4, 5: 3, 6: 2, 7: 2}
LONGEST_RUN = 6
NAMED = re.compile(
    "комисси\\w+ по экспортному контролю российской федерации|федеральн\\w+ служб\\w+ по техническому и экспортному контролю"
    "|федеральн\\w+ закон\\w* от 18 07 1999 183 фз об экспортном контроле|постановлени\\w+ правительства российской федерации от 19 июля 2022 года"
    "|оружи\\w+ массового поражения и средств\\w* его доставки|списк\\w+ контролируемых товаров и технологий"
    "|технологий искусственного интеллекта и программного обеспечения на их основе"
)


def words(text: str) -> list[str]:
    """A text as its words, without case, punctuation or the dots of ё."""
    return re.findall(r"\w+", text.casefold().replace("ё", "е"))


def all_words() -> list[tuple[str, Words]]:
    """Everything the edition says, with where."""
    found: list[tuple[str, Words]] = [("title", EDITION.title), ("note", EDITION.note)]
    for clause in EDITION.clauses.values():
        found += [(f"clause {clause.clause}", one) for one in (clause.title, clause.text, clause.here)]
    for term in EDITION.terms.values():
        found += [(f"term {term.term}", one) for one in (term.name, term.text)]
    for reading in EDITION.readings:
        found += [(f"reading {reading.reading}", one) for one in (reading.unclear, reading.taken, reading.why, reading.may_change)]
    for key, sign in EDITION.indicators.items():
        found += [(f"indicator {key}", one) for one in (sign.title, sign.text, sign.condition, sign.question, sign.guidance, sign.evidence)]
    for fact in EDITION.facts.values():
        found += [(f"fact {fact.fact}", one) for one in (fact.name, *fact.levels.values(), *([fact.question] if fact.question else []))]
    found += [(f"rule {rule.id}", rule.text) for rule in EDITION.table.rules]
    found += [(f"duty {duty.duty}", duty.text) for duty in EDITION.duties.values()]
    found += [(f"phrase {group}.{key}", one) for group, held in EDITION.phrases.items() for key, one in held.items()]
    return found


def test_it_has_every_clause() -> None:
    assert list(EDITION.clauses) == [f"{section}.{number}" for section, count in SECTIONS.items() for number in range(1, count + 1)]


def test_it_has_the_five_terms_the_22_indicators_and_all_24_readings() -> None:
    assert list(EDITION.terms) == ["export", "foreign_counterparty", "authorities", "wmd", "military_equipment"]
    assert list(EDITION.indicators) == [str(number) for number in range(1, 23)]
    assert sorted({reading.number for reading in EDITION.readings}) == list(range(1, 25))


def test_the_clauses_and_indicators_are_those_of_the_official_text(shared: Path) -> None:
    official = parse_official((shared / "declaration" / "declaration.ru.txt").read_text("utf-8"))
    assert differences(official, EDITION) == []


def test_no_sentence_of_the_official_text_has_entered(shared: Path) -> None:
    official = NAMED.sub(" | ", " ".join(words((shared / "declaration" / "declaration.ru.txt").read_text("utf-8"))))
    runs = {tuple(part.split()[at : at + LONGEST_RUN]) for part in official.split("|") for at in range(len(part.split()) - LONGEST_RUN + 1)}
    for where, held in all_words():
        ours = words(held.ru)
        shared_runs = [ours[at : at + LONGEST_RUN] for at in range(len(ours)) if tuple(ours[at : at + LONGEST_RUN]) in runs]
        assert [" ".join(run) for run in shared_runs] == [], where


def test_russian_is_russian_and_english_english() -> None:
    for where, held in all_words():
        text = re.sub(r"\{\w+\}|`[^`]*`", "", held.ru)
        assert re.search("[А-Яа-яЁё]", text) or not re.search("[A-Za-z]", text), where
        assert not re.search("[А-Яа-яЁё]", re.sub("[ап]/я", "", held.en)), where  # a form of PO box that people will meet


def test_both_languages_name_the_same_clauses_and_numbers() -> None:
    """Side by side: every clause number and every other figure stands on both sides."""
    for where, held in all_words():
        undated = [re.sub(r"(\d\d)\.\d\d\.(\d{4})", r"\1 \2", text) for text in (held.ru, held.en)]
        ru, en = (sorted(set(re.findall(r"(?<![\d.])\d+(?:\.\d+)?", text))) for text in undated)
        assert ru == en, (where, ru, en)


def test_both_languages_are_of_a_length() -> None:
    for where, held in all_words():
        if len(held.en) > 80:
            assert 0.6 < len(held.ru) / len(held.en) < 1.7, where


def test_every_rule_stands_on_clauses_and_a_basis_and_every_duty_is_owed_under_some_rule() -> None:
    for rule in EDITION.table.rules:
        assert rule.clauses
        assert set(rule.clauses) <= set(EDITION.clauses)
        assert rule.basis in ("text", "policy")
    owed = {duty for rule in EDITION.table.rules for duty in rule.duties}
    assert owed == set(EDITION.duties)


def test_every_fact_is_read_by_some_rule_and_its_chain_is_that_of_the_readings() -> None:
    read = {atom.fact for rule in EDITION.table.rules for atom in atoms_of(rule.when)}
    for chain in EDITION.table.chains:
        assert chain.fact in read
        assert list(chain.levels) == chain_of(chain.fact)


def test_every_open_fact_has_a_question() -> None:
    for fact in EDITION.facts.values():
        assert bool(fact.question) == bool(fact.open)


@pytest.mark.parametrize(
    ("numbers", "applies"),
    [
        ((12, 15, 18), "hardware >= unknown"),
        ((19,), "suitable_nuclear >= unknown"),
        ((20,), "suitable_missile >= unknown"),
        ((21,), "suitable_chemical_biological >= unknown"),
        ((22,), "suitable_military_intelligence >= unknown"),
        ((*range(1, 12), 13, 14, 16, 17), None),
    ],
)
def test_indicators_apply_where_their_notes_say(numbers: tuple[int, ...], applies: str | None) -> None:
    for number in numbers:
        assert EDITION.indicators[str(number)].applies == applies


def test_what_feeds_an_indicator_is_a_key_of_the_deal_file() -> None:
    from enduse.formats.deal_shape import DEAL_FILE  # noqa: PLC0415
    from enduse.formats.schema import keys_at  # noqa: PLC0415

    for key, sign in EDITION.indicators.items():
        assert sign.feeds, key
        for feed in sign.feeds:
            *steps, last = feed.split(".")
            path: tuple[str | int, ...] = ()
            for step in steps:
                path = (*path, step) if keys_at(DEAL_FILE, (*path, step)) else (*path, step, 0)
            assert last in keys_at(DEAL_FILE, path), (key, feed)


def test_it_is_dated_frozen_and_fingerprinted() -> None:
    assert EDITION.dated <= date(2026, 12, 31)
    assert re.fullmatch("sha256:[0-9a-f]{64}", EDITION.fingerprint)
    assert re.fullmatch("sha256:[0-9a-f]{64}", EDITION.table.fingerprint)
    assert "2026-1" in editions_held()
    assert load_source().edition.edition == EDITION.id


def test_clauses_stand_in_order() -> None:
    assert sorted(EDITION.clauses, key=clause_order) == list(EDITION.clauses)


def test_the_country_codes_are_those_of_iso_3166() -> None:
    import pycountry  # noqa: PLC0415

    assert country_codes() == {country.alpha_2 for country in pycountry.countries}
    assert (country_name("AE", "en"), country_name("AE", "ru"), country_name("ZZ", "ru")) == ("United Arab Emirates", "ОАЭ", "ZZ")
