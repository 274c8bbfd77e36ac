"""FollowTheMoney: lines of our own, and the fixtures of yente and nomenklatura in ../shared."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Link, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.ftm import SOURCE
from enduse.sources.source import File, Read

REAL = (
    "delta_20240527194702-wnk.json",
    "delta_20240528014702-pfh.json",
    "donations.ijson",
    "parteispenden_entities.ftm.json",
    "zala_entities.ftm.json",
)
SCREENED = {"Person", "Company", "Organization", "PublicBody", "LegalEntity", "Vessel", "Airplane", "CryptoWallet"}


def entity(id: str, schema: str, **properties: Any) -> dict[str, Any]:
    return {"id": id, "schema": schema, "properties": {name: value if isinstance(value, list) else [value] for name, value in properties.items()}}


PERSON = entity(
    "p1",
    "Person",
    name=["Timur Primerov", "ПРИМЕРОВ, Тимур"],
    alias="Timour Primeroff",
    weakAlias="The Lamplighter",
    previousName="Timur Obraztsov",
    firstName=["Timur", "Тимур"],
    lastName=["Primerov", "Примеров"],
    birthDate=["1961", "1962-03"],
    nationality="ru",
    citizenship="by",
    country="ru",
    passportNumber="7500001",
    innCode="770000000016",
    addressEntity="a1",
    programId="XX-TEST",
    topics=["sanction"],
    notes="Made up.",
)
LINES = [
    PERSON,
    entity("c1", "Company", name="Sample Works JSC", jurisdiction="ru", ogrnCode="1027700000016", swiftBic="SAMPRUMM"),
    entity("v1", "Vessel", name="SEA SAMPLE", imoNumber="9999993", flag="pa"),
    entity("w1", "CryptoWallet", publicKey="1SampleWallet"),
    entity("a1", "Address", full="1 Sample Street, Minsk", country="by"),
    entity("s1", "Sanction", entity="p1", program="Testland 2022", reason="He lit lamps.", startDate="2022-03-05", endDate="2032-03-05"),
    entity("d1", "Passport", holder="p1", number="7500002", country="by"),
    entity("o1", "Ownership", owner="p1", asset="c1", percentage="51"),
    entity("f1", "Family", person="p1", relative="nobody", relationship="brother"),
    entity("x1", "Payment", payer="p1"),
]


def text(*lines: dict[str, Any]) -> bytes:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def read(*parts: bytes) -> Read:
    found = SOURCE.read([File(f"entities-{number}.ftm.json", data) for number, data in enumerate(parts)])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    assert len({one.id for one in found.entities}) == len(found.entities)
    return found


def codes(found: Read) -> list[str]:
    return sorted(part.code for part in found.skipped)


def test_an_entity_is_read_with_what_other_lines_say_of_it() -> None:
    found = read(text(*LINES))
    person = found.entities[0]
    assert [(one.id, one.schema) for one in found.entities] == [("p1", "Person"), ("c1", "Company"), ("v1", "Vessel"), ("w1", "CryptoWallet")]
    assert person.names == (
        Name("Timur Primerov", "name", "Timur", "Primerov"),
        Name("ПРИМЕРОВ, Тимур", "name", "Тимур", "Примеров"),
        Name("Timour Primeroff", "alias"),
        Name("Timur Obraztsov", "former", "Timur"),
        Name("The Lamplighter", "weak"),
    )
    assert person.births == (Period(date(1961, 1, 1), date(1961, 12, 31)), Period(date(1962, 3, 1), date(1962, 3, 31)))
    assert person.nationalities == (Country("ru", "RU"), Country("by", "BY"))
    assert person.addresses == (Address("1 Sample Street, Minsk", Country("by", "BY")),)
    assert set(person.identifiers) == {
        Identifier("passport", "7500001"),
        Identifier("tax", "770000000016"),
        Identifier("passport", "7500002", Country("by", "BY")),
    }
    assert person.programmes == ("XX-TEST", "Testland 2022")
    assert (person.since, person.until) == (date(2022, 3, 5), date(2032, 3, 5))
    assert person.reason == "He lit lamps.\nMade up.\ntopics: sanction"
    assert person.links == (Link("other", "c1", "Ownership, 51: Sample Works JSC"),)
    assert found.entities[1].links == (Link("owner", "p1", "Ownership, 51: Timur Primerov"),)
    assert found.entities[1].identifiers == (Identifier("registration", "1027700000016"), Identifier("swift", "SAMPRUMM"))
    assert found.entities[2].identifiers == (Identifier("imo", "9999993"),) and found.entities[2].countries == (Country("pa", "PA"),)
    assert found.entities[3].names == (Name("1SampleWallet"),) and found.entities[3].identifiers == (Identifier("wallet", "1SampleWallet"),)
    assert codes(found) == ["skipped.schema", "skipped.tie"]  # the payment, the brother who is not there


def test_entities_within_each_other_are_told_apart() -> None:
    nested = entity("p1", "Person", name="Timur Primerov", sanctions={"id": "s1", "schema": "Sanction", "properties": {"program": ["Testland 2022"]}})
    nested["properties"]["addressEntity"] = [entity("a1", "Address", full="1 Sample Street")]
    company = entity("c1", "Company", name="Sample Works JSC")
    nested["properties"]["ownershipOwner"] = [entity("o1", "Ownership", asset=[company])]
    found = read(text(nested))
    person = found.entities[0]
    assert (found.counted, person.programmes, person.addresses) == (1, ("Testland 2022",), (Address("1 Sample Street"),))
    assert codes(found) == ["skipped.schema", "skipped.tie"]
    both = read(text(nested, company)).entities
    assert [one.id for one in both] == ["p1", "c1"]
    assert both[1].links == (Link("owner", "p1", "Ownership: Timur Primerov"),)


def test_what_a_delta_takes_away_it_may_give_again() -> None:
    again = entity("n1", "Organization", name="New One again")
    changes = [{"op": "ADD", "entity": entity("n1", "Organization", name="New One")}, {"op": "DEL", "entity": {"id": "n1"}}]
    found = read(text(*LINES), text(*changes, {"op": "ADD", "entity": again}))
    assert [one.names[0].text for one in found.entities if one.id == "n1"] == ["New One again"]


def test_a_delta_changes_what_was_read_before_it() -> None:
    changes = [
        {"op": "MOD", "entity": entity("c1", "Company", name="Sample Works LLC")},
        {"op": "DEL", "entity": {"id": "v1"}},
        {"op": "DEL", "entity": {"id": "never"}},
        {"op": "ADD", "entity": entity("n1", "Organization", name="New One")},
    ]
    found = read(text(*LINES), text(*changes))
    assert [(one.id, one.names[0].text) for one in found.entities] == [
        ("p1", "Timur Primerov"),
        ("c1", "Sample Works LLC"),
        ("w1", "1SampleWallet"),
        ("n1", "New One"),
    ]
    assert "skipped.delta" in codes(found) and "skipped.changes" not in codes(found)
    alone = read(text(*changes))
    assert [one.id for one in alone.entities] == ["c1", "n1"] and "skipped.changes" in codes(alone)


def test_lines_that_are_none_are_told_and_the_rest_goes_on() -> None:
    other = entity("p1", "Person", name="Somebody Else")
    lines = text(
        *LINES, other, PERSON, entity("e1", "Person", birthDate="the sixties", country="zzz"), entity("q1", "Person", name="Q", birthDate="x")
    )
    found = read(lines + b"{broken\n[1]\n\n" + b'{"schema": "Person"}\n{"op": "HM", "entity": {}}\n' + b"[" * 100_000 + b"\n\xff\xfe\n")
    assert codes(found).count("skipped.line") == 6
    assert {"skipped.renumbered", "skipped.same", "skipped.nameless", "skipped.date"} <= set(codes(found))
    assert [one.names[0].text for one in found.entities if one.id.startswith("p1")] == ["Timur Primerov", "Somebody Else"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "list.empty"),
        (b" \n \n", "list.empty"),
        (b"<!doctype html><html></html>", "list.sort"),
        (b"PK\x03\x04", "list.packed"),
        (b"id,name\n1,Somebody\n", "list.sort"),
        (json.dumps([PERSON], indent=1).encode(), "list.lines"),
        (b'{"name": "Somebody", "country": "ru"}\n', "list.lines"),
        (text(entity("x1", "Payment", payer="p1")), "list.no_entities"),
        (text(*LINES)[:-40], "list.truncated"),
        (text(*LINES).decode().encode("utf-16"), "list.sort"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(data)
    problem = caught.value.problems[0]
    assert problem.code == code and problem.text("ru") and problem.text("en")


def test_no_file_is_refused() -> None:
    with pytest.raises(BadInput) as caught:
        SOURCE.read([])
    assert caught.value.problems[0].code == "list.files"


@pytest.mark.parametrize("name", REAL)
def test_the_published_fixtures_are_read_whole(shared: Path, name: str) -> None:
    data = (shared / "data" / "lists" / "ftm" / name).read_bytes()
    raw = [json.loads(line) for line in data.splitlines() if line.strip()]
    raw = [line.get("entity", line) for line in raw]
    found = read(data)
    assert found.counted == len(found.entities) == sum(line["schema"] in SCREENED for line in raw)
    held = {one.id: one for one in found.entities}
    for line in raw:
        if line["schema"] in SCREENED:
            told = {
                " ".join(text.split()).strip(" ;,")
                for key in ("name", "alias", "weakAlias", "previousName")
                for text in line["properties"].get(key, [])
            }
            assert told - {""} <= {one.text for one in held[line["id"]].names}


def test_deltas_follow_each_other(shared: Path) -> None:
    folder = shared / "data" / "lists" / "ftm"
    found = SOURCE.read([File(name, (folder / name).read_bytes()) for name in REAL[:2]])
    assert [one.id for one in found.entities] == ["NK-2T3S8Hu29ktYnKSTgQp2wL", "NK-2sJaJRaPJcWUfMbHjTtWcL", "NK-500Poltergeist"]
    assert "Foobar Foobargroup" in {name.text for name in found.entities[0].names}  # as the second changes it
    assert found.published == date(2024, 6, 1)


def test_ties_of_the_fixture_lead_to_its_entries(shared: Path) -> None:
    found = read((shared / "data" / "lists" / "ftm" / REAL[4]).read_bytes())
    ids = {one.id for one in found.entities}
    links = [link for one in found.entities for link in one.links]
    assert len(links) == 2 * (14 + 4 + 3) and all(link.to in ids for link in links)
    assert sum(bool(one.programmes) for one in found.entities) >= 6
