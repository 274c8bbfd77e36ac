"""The deal file: every published key is taken, every bad value is refused at its line, and YAML and JSON mean the same."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.deal import Deal, Stated
from enduse.domain.decision import decide
from enduse.formats.deal_file import read_deal
from enduse.formats.deal_shape import DEAL_FILE, published_schema
from enduse.formats.plain import Document, json_lines, read_json, read_yaml
from enduse.formats.problems import BadInput
from enduse.formats.schema import keys_at
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_edition
from tests.builders import CLEAN, DAY, PERMIT, deal_with, file_with

HEAD = "format: enduse/deal-1\nreference: D-1\n"
SCHEMA = jsonschema.Draft202012Validator(published_schema(), format_checker=jsonschema.FormatChecker())
DETECTORS: dict[str, Any] = {
    "solution": {
        "domains": ["video_analytics"],
        "required_platform": ["cuda_gpu"],
        "required_services": ["maintenance"],
        "usual_sites": ["airport", "office"],
        "list_price": {"amount": "120000", "currency": "USD"},
    },
    "parties": [
        {
            "role": "counterparty",
            "name": "Lakeside Telecom",
            "kind": "company",
            "country": "KE",
            "address": "1 Lake Road",
            "correspondence_address": "P.O. Box 4471, Sharjah",
            "identifiers": {"pin": "P051"},
            "activities": [{"code": "52.23", "scheme": "nace"}, {"text": "airport operations"}],
            "staff": "900",
            "installed": ["cuda_gpu"],
            "capacity": {"video_channels": "400"},
        },
        {"role": "payer", "name": "Anna", "kind": "person", "citizenship": ["KE", "NO"], "birth_date": "1980-02", "identifiers": [{"value": "7"}]},
    ],
    "end_use": {
        "purpose": "passenger flow",
        "site": {"name": "Terminal 1", "type": "airport", "access": "open"},
        "requested": "2026-09-01",
        "answered": "2026-09-10",
        "refused": "no",
    },
    "quantity": {"units": "400", "of": "video_channels"},
    "questions": [{"question": "Who will operate it?", "asked": "2026-09-01", "answered": "2026-09-03", "verdict": "clear"}],
    "knowledge": {"asked": "6", "known": "5"},
    "services": {"offered": ["maintenance"], "declined": []},
    "confidentiality": {"demands": ["end_use"], "justified": "no"},
    "modifications": [{"text": "adapt the tracker"}],
    "payment": {
        "method": "transfer",
        "price": {"amount": "118000.50", "currency": "USD"},
        "prepayment_percent": "30",
        "payer": "Lakeside Telecom",
    },
    "contract": {
        "clauses": "agreed",
        "kind": "export",
        "drafted_by": "us",
        "end_destination": "Sharjah, AE",
        "end_use_purpose": "passenger flow",
    },
    "shipment": {
        "final_destination": {"name": "Terminal 1", "address": "Sharjah", "country": "AE"},
        "route": ["RU", "AE"],
        "mode": "air",
        "packaging": "air_crate",
        "technical_documentation": "no",
        "training_days": "2",
    },
    "exporter": {"name": "Our company", "registration": "1027700000000"},
    "deliveries": [{"date": "2026-11-03", "version": "1.10", "units": "10", "to": "Lakeside Telecom"}],
}


def told(text: str) -> list[tuple[int | None, str]]:
    """The problems of a deal's text: line and code of each, in the order of the file; none where it is a deal."""
    try:
        read_deal(read_yaml(text), load_edition(), file="deal.yaml")
    except BadInput as error:
        return [(problem.line, problem.code) for problem in error.problems]
    return []


def marked(text: str) -> list[tuple[int, str]]:
    """The problems that the text itself names: `#! code code` at the end of a line."""
    return [(number, code) for number, line in enumerate(text.splitlines(), 1) if "#!" in line for code in line.split("#!")[1].split()]


BAD = dict(
    section.split("\n", 1) for section in (Path(__file__).parent / "bad_deals.txt").read_text("utf-8").replace("\n\n==", "\n==").split("\n== ")[1:]
)
GOOD = {
    "hardly anything": "",
    "nothing where nothing is unknown": (
        "title:\nparties: ~\nchecks:\npermit: null\nindicators:\ncontract: {clauses: }\nrecord:\ndocuments:\n"
        "delivery: {form: , recipient_can_modify: }\n"
        "solution: {name: , version: , civil_only: , suitable_for: {nuclear: }, identification: {result: , entries: }}\n"
    ),
    "truth values": "solution: {civil_only: true, hardware: False}\nnotices: [{from: fstec, written: TRUE}]\n",
    "a stateless person": "parties: [{role: owner, name: Vera, kind: person, citizenship: []}]\n",
    "an empty list of entries beside not_listed": "solution: {identification: {result: not_listed, entries: []}}\n",
    "one rebuttal and several": (
        "evidence:\n  - {id: 1, purpose: wmd, grade: alleged}\n  - {id: 2, purpose: wmd, grade: clearing, rebuts: 1}\n"
        "  - {id: 3, purpose: wmd, grade: clearing, rebuts: [1, 2]}\n  - {id: 4, purpose: wmd, grade: clearing, rebuts: []}\n"
    ),
    "a permit of one day": "permit: {valid_from: 2026-01-01, valid_until: 2026-01-01}\n",
    "an authority in any words": "permit: {authority: somebody else, status: granted}\n",
    "stated indicators": "indicators: {9: {state: explained, reason: usual here, by: boris}, 10: {state: present}, 11: {state: absent, by: anna}}\n",
    "clauses excused with a reason": "contract: {clauses: {state: excused, reason: tiny order}}\n",
}


@pytest.mark.parametrize("name", BAD)
def test_it_refuses(name: str) -> None:
    text = HEAD + BAD[name]
    assert sorted(told(text), key=str) == sorted(marked(text), key=str)


@pytest.mark.parametrize("name", BAD)
def test_it_refuses_the_same_in_json_with_all_its_problems(name: str) -> None:
    text = HEAD + BAD[name]
    data = read_yaml(re.sub(" #!.*", "", text)).data
    held = json.dumps(data, ensure_ascii=False, indent="\t")
    with pytest.raises(BadInput) as caught:
        read_deal(Document(read_json(held), json_lines(held)), load_edition(), file="deal.json")
    assert sorted(problem.code for problem in caught.value.problems) == sorted(code for _, code in marked(text))
    lines = held.splitlines()
    for problem in caught.value.problems:
        assert problem.line is not None
        keys = {problem.values.get("key"), *problem.path[-1:], *(problem.path[-2:-1] if problem.path[-1:] == ("state",) else ())}
        if any(isinstance(key, str) for key in keys):
            assert any(f'"{key}":' in lines[problem.line - 1] for key in keys) or problem.code in ("key.missing", "deal.check")


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("lang", ["ru", "en"])
def test_what_is_wrong_is_told_in_words_for_people(name: str, lang: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_deal(read_yaml(HEAD + BAD[name]), load_edition(), file="deal.yaml")
    for problem in caught.value.problems:
        text = problem.text(lang)
        assert problem.where == f"deal.yaml:{problem.line}"
        assert "\n" not in text
        assert not re.search(r"\{\w*\}|function-|Annotated|pydantic|<class|input_value|\bNone\b|Literal", text)
        assert bool(re.search("[а-я]", re.sub("`[^`]*`", "", text))) == (lang == "ru")


@pytest.mark.parametrize("name", GOOD)
def test_it_takes(name: str) -> None:
    assert told(HEAD + GOOD[name]) == []


@pytest.mark.parametrize("text", ["", "# only words\n", "- a\n- b\n", "word\n", "~\n", "42\n", "[]\n"])
def test_what_is_no_mapping_is_no_deal(text: str) -> None:
    assert [code for _, code in told(text)] == ["deal.not_mapping"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("{}\n", ["key.missing", "key.missing"]),
        ("reference: D-1\n", ["key.missing"]),
        ("format: enduse/deal-1\n", ["key.missing"]),
        ("format: enduse/deal-2\nreference: D-1\n", ["word.unknown"]),
        ("format: deal\nreference: ' '\n", ["word.unknown", "want.given"]),
        ("format: enduse/deal-1\nreference:\n", ["want.given"]),
        ("format: enduse/deal-1\nreference: [1]\n", ["want.text"]),
    ],
)
def test_format_and_reference_are_demanded(text: str, problems: list[str]) -> None:
    assert [code for _, code in told(text)] == problems


def test_a_bad_deal_still_says_which_it_is() -> None:
    with pytest.raises(BadInput) as caught:
        read_deal(read_yaml(HEAD + "risk: low\n"), load_edition())
    assert caught.value.reference == "D-1"


def test_an_unknown_check_is_told_the_known_ones() -> None:
    with pytest.raises(BadInput) as caught:
        read_deal(read_yaml(HEAD + "checks: [wmds]\n"), load_edition())
    text = caught.value.problems[0].text("en")
    assert "Perhaps `wmd`?" in text
    assert "risk_assessment" in text


def test_text_is_taken_as_it_is_spelt() -> None:
    deal = read_deal(
        read_yaml(
            "format: enduse/deal-1\nreference: 0017\ntitle: true\nsolution: {name: 1e3, version: 3.10, civil_only: true}\n"
            "parties: [{role: payer, name: null and void, kind: state, country: NO}]\npermit: {number: 0412, version: 3.10}\n"
        ),
        load_edition(),
    )
    assert (deal.reference, deal.title, deal.solution.name, deal.solution.version, deal.solution.civil_only) == ("0017", "true", "1e3", "3.10", "yes")
    assert (deal.parties[0].name, deal.parties[0].country, deal.permits[0].number, deal.permits[0].version) == ("null and void", "NO", "0412", "3.10")


def test_json_numbers_and_truth_values_mean_what_they_do_in_yaml() -> None:
    text = (
        '{"format": "enduse/deal-1", "reference": 17, "title": false, "solution": {"version": 3.10, "civil_only": true, "domains": [true, 1.50]}, '
        '"indicators": {"1": "absent"}, "notices": [{"from": "fstec", "written": false}], "quantity": {"units": 4.0}}'
    )
    by_json, by_yaml = (read_deal(document, load_edition()) for document in (Document(read_json(text)), read_yaml(text)))
    assert by_json == by_yaml
    assert (by_json.reference, by_json.title, by_json.solution.version, by_json.notices[0].written) == ("17", "false", "3.10", False)


def test_the_same_deal_in_yaml_and_json_gives_the_same_fingerprint() -> None:
    data = file_with(permit=PERMIT, **DETECTORS)
    texts = [Document(read_json(json.dumps(data, indent=indent))) for indent in (None, 2)] + [read_yaml(deal_text(data)), Document(data)]
    prints = {decide(read_deal(document, load_edition()), load_edition(), at=DAY).fingerprint for document in texts}
    assert len(prints) == 1


def test_another_deal_gives_another_fingerprint_even_where_no_rule_reads_it() -> None:
    prints = {decide(deal_with(**change), load_edition(), at=DAY).fingerprint for change in ({}, {"title": "x"}, {"quantity": {"units": "1"}})}
    assert len(prints) == 3


def test_every_published_key_is_taken(shared: Path) -> None:
    text = (shared / "INTERFACES.md").read_text("utf-8")
    example = re.search(r"```yaml\n(format: enduse/deal-1.*?)```", text, re.DOTALL)
    assert example
    document = read_yaml(example[1])
    deal = read_deal(document, load_edition())
    assert (deal.reference, deal.date, deal.permits[0].number) == ("D-2026-017", date(2026, 11, 2), "0412")
    assert deal.indicators["9"] == Stated("explained", "PO boxes are the postal norm", "boris")
    assert not list(SCHEMA.iter_errors(document.data))


def test_every_key_that_detectors_read_is_taken(shared: Path) -> None:
    text = (shared / "INTERFACES.md").read_text("utf-8")
    example = re.search(r"```yaml\n(solution:   \{….*?)```", text, re.DOTALL)
    assert example
    block = (
        re.sub(r"\{…, |\{name: …, ", "{", example[1]).replace("[{…, ", "[{").replace("name: …, address: …", "name: x, address: y").replace("…", "x")
    )
    data = read_yaml(block.replace("parties:    [{", "parties:    [{role: payer, ")).data
    assert isinstance(data, dict)
    read_deal(Document({"format": "enduse/deal-1", "reference": "D-1", **data}), load_edition())
    assert set(data) <= set(DETECTORS)


def test_what_detectors_read_is_taken_by_reader_and_schema() -> None:
    data = file_with(**DETECTORS)
    assert read_deal(Document(data), load_edition()).reference == "D-1"
    assert not list(SCHEMA.iter_errors(data))


def keys_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key)
            yield from keys_of(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from keys_of(value[0], (*path, 0))


def test_the_made_up_deal_has_every_key_that_detectors_read() -> None:
    places = {path[:-1] for path in keys_of(DETECTORS)} - {(), ("parties", 0, "capacity"), ("parties", 0, "identifiers")}
    for place in places:
        had = {path[-1] for path in keys_of(DETECTORS) if path[:-1] == place}
        more = {"name", "version", "civil_only", "hardware", "suitable_for", "identification"} if place == ("solution",) else set()
        more |= {"citizenship", "birth_date"} if place == ("parties", 0) else set()
        more |= {"code", "scheme", "text"} if "activities" in place else set()
        assert had | more >= set(keys_at(DEAL_FILE, place)), place


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(published_schema())
    assert published_schema()["$id"] == "enduse/deal-1"
    assert published_schema()["required"] == ["format", "reference"]


@pytest.mark.parametrize("name", GOOD)
def test_the_schema_takes_what_the_reader_takes(name: str) -> None:
    assert not list(SCHEMA.iter_errors(read_yaml(HEAD + GOOD[name]).data))


SENSE = {"deal.", "value.country", "value.count", "value.percent", "value.partial_day"}


@pytest.mark.parametrize("name", BAD)
def test_the_schema_refuses_what_the_reader_refuses_for_its_shape(name: str) -> None:
    """What a schema cannot say (sense, which country codes there are) the reader alone refuses; the rest both do."""
    text = HEAD + BAD[name]
    by_shape = [code for _, code in marked(text) if not code.startswith(tuple(SENSE))]
    refused = bool(list(SCHEMA.iter_errors(read_yaml(text).data)))
    assert refused or not by_shape, name


@pytest.mark.parametrize(
    "change",
    [
        {"solution": {"version": 3.2, "civil_only": True, "hardware": False}},
        {"parties": [{"role": "payer", "name": 7, "staff": 900, "capacity": {"x": 1.5}}]},
        {"quantity": {"units": 400}, "payment": {"prepayment_percent": 30, "price": {"amount": 1, "currency": "USD"}}},
        {"notices": [{"from": "fstec", "written": True, "number": 240}]},
        {"contract": {"clauses": {"state": "excused", "reason": "x"}}},
    ],
)
def test_the_schema_takes_numbers_and_truth_values_as_the_reader_does(change: dict[str, Any]) -> None:
    data = file_with(**change)
    read_deal(Document(read_json(json.dumps(data))), load_edition())
    assert not list(SCHEMA.iter_errors(data))


LEVELS = [path for path in keys_of(file_with(permit=PERMIT, **DETECTORS)) if path != ("format",)]
VALUES = st.recursive(
    st.none() | st.sampled_from(["", "x", "yes", "no", "unknown", "2026-11-02", "granted", "AE", "RU", "e1", "excused", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["state", "excused", "id", "role", "x"]), inner, max_size=3),
    max_leaves=5,
)


@given(st.lists(st.tuples(st.sampled_from(LEVELS), VALUES | st.just("- out -")), min_size=1, max_size=4))
def test_a_deal_with_anything_changed_is_decided_or_refused_with_its_lines(changes: list[tuple[tuple[str | int, ...], object]]) -> None:
    data: Any = copy.deepcopy(file_with(permit=PERMIT, **DETECTORS))
    for path, value in changes:
        held: Any = data
        try:
            for step in path[:-1]:
                held = held[step]
            if value == "- out -":
                del held[path[-1]]
            else:
                held[path[-1]] = value
        except (KeyError, TypeError, IndexError):
            continue
    text = json.dumps(data, ensure_ascii=False, indent=1)
    try:
        deal = read_deal(Document(read_json(text), json_lines(text)), load_edition(), file="x.json")
    except BadInput as error:
        for problem in error.problems:
            assert problem.line is not None
            assert 1 <= problem.line <= text.count("\n") + 1
            assert problem.code != "value.other"
            assert problem.text("ru") and problem.text("en")
    else:
        assert isinstance(deal, Deal)
        assert not list(SCHEMA.iter_errors(data))


@given(
    st.recursive(st.none() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3))
)
def test_any_data_is_a_deal_or_a_clear_refusal(data: Any) -> None:
    for held in (data, {**CLEAN, "parties": data}, {**CLEAN, "indicators": data}, {**CLEAN, "permits": data}, {**CLEAN, "evidence": data}):
        try:
            read_deal(Document(held, {(): 1}), load_edition())
        except BadInput as error:
            assert all(problem.line == 1 for problem in error.problems)
