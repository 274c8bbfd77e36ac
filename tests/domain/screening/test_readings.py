"""How else a name is read: parts of a text, letters that stand for others, letters set apart. A reading adds, and is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.entity import Entity
from enduse.domain.screening.query import Kind, Query
from enduse.domain.screening.readings import MOST, readings
from enduse.domain.screening.wording import worded
from tests.searched import codes, company, entry, found, hit, is_hit, score

ROSA = entry("Rosa Plumbworth")


def texts(name: str, *, person: bool = False) -> list[str]:
    """How else a name is read."""
    return [one.text for one in readings(name, person)][1:]


def forms(name: str, *, person: bool = False) -> list[str]:
    return [" ".join(word.form for word in one.name.telling) for one in readings(name, person)]


@pytest.mark.parametrize(
    ("name", "listed", "read_as"),
    [
        ("Rosa Plumbworth, Uganda", ROSA, "Rosa Plumbworth"),
        ("Rosa Plumbworth — Uganda", ROSA, "Rosa Plumbworth"),
        ("Rosa Plumbworth, Kampala, Uganda", ROSA, "Rosa Plumbworth"),
        ("Rosa Plumbworth 12.05.1961", ROSA, "Rosa Plumbworth"),
        ("Rosa Plumbworth, Uganda, 12.05.1961", ROSA, "Rosa Plumbworth"),
        ("Somebody / Rosa Plumbworth", ROSA, "Rosa Plumbworth"),
        ("Somebody; Rosa Plumbworth", ROSA, "Rosa Plumbworth"),
        ("Rosa Plumbworth (Somebody Else)", ROSA, "Rosa Plumbworth"),
        ("Somebody Else [Rosa Plumbworth]", ROSA, "Rosa Plumbworth"),
        ("Somebody Else a.k.a. Rosa Plumbworth", ROSA, "Rosa Plumbworth"),
        ("Ромашка Иванова, она же Rosa Plumbworth", ROSA, "Rosa Plumbworth"),
        ("R o s a  P l u m b w o r t h", ROSA, "Rosa Plumbworth"),
        ("R0sa Plumbw0rth", ROSA, "Rosa Plumbworth"),
        ("R05a P1umbworth", ROSA, "Rosa Plumbworth"),
        ("Ro$a Plumbworth", ROSA, "Rosa Plumbworth"),
        ("ЈОЅЕРН PLUMBWORTH", entry("Joseph Plumbworth"), "joseph PLUMBWORTH"),  # Cyrillic letters, all of them
        ("Quill Trading t/a Plumbworth Telecom", company("Plumbworth Telecom"), "Plumbworth Telecom"),
        ("Quill Trading (formerly Plumbworth Telecom)", company("Plumbworth Telecom"), "Plumbworth Telecom"),
        ("Plumbworthia 2", company("Plumbworthia"), "Plumbworthia"),
    ],
)
def test_what_is_written_beside_a_name_or_for_its_letters_hides_it_from_nobody(name: str, listed: Entity, read_as: str) -> None:
    kind: Kind = "person" if listed.schema == "Person" else "company"
    assert is_hit(name, listed) and is_hit(name, listed, kind=kind)
    told = [line.values for line in hit(name, listed).explanation if line.code == "feature.read_as"]
    assert told == [{"text": read_as}]


def test_a_name_that_is_best_as_it_stands_says_of_no_reading() -> None:
    assert "feature.read_as" not in codes(hit("Rosa Plumbworth, Uganda", entry("Rosa Plumbworth Uganda")))
    assert "feature.read_as" not in codes(hit("Plumbworthia 2", company("Plumbworthia 2")))
    assert "feature.read_as" not in codes(hit("Rosa Plumbworth", ROSA))


def test_an_entry_is_found_once_with_its_best_reading_and_the_lines_are_still_the_score() -> None:
    (only,) = found("Rosa Plumbworth, Uganda", ROSA).hits
    assert only.score == pytest.approx(sum(line.gave for line in only.explanation if line.of == "score"))
    assert only.score == pytest.approx(score("Rosa Plumbworth", ROSA))


def test_both_names_of_a_text_are_searched() -> None:
    both = entry("Rosa Plumbworth"), company("Quill Telecom", id="2")
    assert {one.entry for one in found("Rosa Plumbworth / Quill Telecom", *both).hits if one.score >= 0.5} == {"1", "2"}


@pytest.mark.parametrize("name", ["Quill (HK) Limited", "Quill (Limited)", "Quill; GmbH", "ООО «Ромашка» (Limited)", "Quill / LLC"])
def test_no_legal_form_is_a_reading_by_itself(name: str) -> None:
    for person in (False, True):
        assert not {"limited", "hk", "gmbh", "llc", "ooo"} & set(forms(name, person=person))
    assert not is_hit(name, company("Limited"))


def test_brackets_of_a_place_are_left_aside() -> None:
    assert texts("Quill (HK) Limited") == ["Quill"]
    assert is_hit("Quill (HK) Limited", company("Quill Limited"))


def test_a_person_whose_name_bears_a_legal_form_is_read_as_a_company_too() -> None:
    name = "Plumbworth Telecom LLC"
    assert forms(name, person=True) == ["plumbworth telecom llc", "plumbworth telecom"]
    assert is_hit(name, company("Plumbworth Telecom"), kind="person")


@pytest.mark.parametrize(
    "name",
    [
        "Rosa Plumbworth",
        "Plumbworth, Rosa",  # the family name first is no part by itself
        "Rosa Plumbworth-Quill",
        "J. R. Plumbworth",
        "O'Plumbworth",
        "Ромашка",
        "Plumbworth & Sons",
        "2000",
        "3M",
        "Akana Quill",  # aka within a word
        "",
        "()",
        "12.05.1961",
    ],
)
def test_most_names_are_read_as_they_stand_alone(name: str) -> None:
    assert texts(name) == texts(name, person=True) == []


def test_letters_set_apart_without_wider_gaps_are_one_word() -> None:
    assert texts("R o s a P l u m b w o r t h") == ["RosaPlumbworth"]
    assert is_hit("R o s a P l u m b w o r t h", ROSA)


def test_one_stands_for_either_of_two_letters() -> None:
    assert {"Pilumbworth", "Pllumbworth"} <= set(texts("P1lumbworth"))


@pytest.mark.parametrize(
    ("name", "listed"),
    [("Чжан Вэй", "Zhang Wei"), ("이재용", "Lee Jae-yong"), ("习近平", "Xi Jinping")],
)
def test_a_name_written_otherwise_is_a_reading_that_says_so(name: str, listed: str) -> None:
    first, *others = readings(name, True)
    assert not first.respelt and all(one.respelt for one in others) and others
    assert score(Query(name, "person"), entry(listed)) > 0  # a hit where the weights say so: common names are near to many


def test_readings_are_not_without_end() -> None:
    many = "; ".join(f"Rosa Plumb{'abcdefghijklmnop'[at]}worth" for at in range(16))
    assert len(readings(many, True)) == MOST


@given(st.one_of(st.text(), st.text("Rosa Plumbworth,;/()[].-0159$@!1№ѕјЅ習近이재Чжан\n"), st.text(min_size=480, max_size=600)), st.booleans())
def test_every_name_can_be_read_and_first_as_it_stands(name: str, person: bool) -> None:
    found = readings(name, person)
    assert (found[0].name, found[0].text, found[0].respelt) == (worded(name, person), "", False)
    assert 1 <= len(found) <= MOST
    assert all(one.text and one.name.telling for one in found[1:])
    told = [[(word.form, word.role) for word in one.name.telling] for one in found]
    assert all(one not in told[:at] for at, one in enumerate(told))


@pytest.mark.parametrize(
    "between",
    [" dba ", " d.b.a. ", " d/b/a ", "\n", " - ", "; ", " | ", " (", " aka ", " a.k.a. ", " n/k/a ", " formerly known as ", " alias ", " он же "],
)
def test_whatever_parts_two_names_both_are_read(between: str) -> None:
    texts = [reading.text for reading in readings(f"Rosa Quill{between}Plumbworth Telecom", person=False)]
    assert {"Rosa Quill", "Plumbworth Telecom"} <= set(texts), texts
