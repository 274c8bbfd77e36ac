"""The OFSI Consolidated List, on a sample of our own in the format of its last years and in the one before."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Link, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.source import File, Read
from enduse.sources.uk_ofsi import SOURCE

NEW = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,Name Non-Latin Script,Non-Latin Script Type,Non-Latin Script Language,DOB,Town of Birth,"
    "Country of Birth,Nationality,Passport Number,Passport Details,National Identification Number,National Identification Details,Position,"
    "Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Alias Quality,"
    "Regime,Listed On,UK Sanctions List Date Designated,Last Updated,Group ID"
)
OLD = (
    "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,Passport Details,NI Number,Position,"
    "Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,Post/Zip Code,Country,Other Information,Group Type,Alias Type,Regime,Listed On,"
    "Last Updated,Group ID"
)
ROWS: list[Mapping[str, str]] = [
    {"Name 6": "PRIMEROV", "Name 1": "Timur", "Title": "Gen", "DOB": "00/00/1961", "Nationality": "(1) Russia (2) Belarus", "Group ID": "90001"}
    | {"Name Non-Latin Script": "Тимур Примеров", "Group Type": "Individual", "Alias Type": "Primary name", "Regime": "Testland"}
    | {"Address 1": "1 Sample Street", "Address 6": "Minsk", "Country": "Belarus", "Listed On": "05/03/2022", "Position": "(1) One (2) Two"}
    | {"Passport Number": "(1) 7500001 (2) 7500002", "Passport Details": "(1) issued 2010 (2) Russia", "Town of Birth": "Sampletown"}
    | {"National Identification Number": "NID-7", "Other Information": "(UK Sanctions List Ref):TST0001 (UK Statement of Reasons):Made up."},
    {"Name 6": "SAMPLE WORKS LLC", "Group Type": "Entity", "Alias Type": "Primary name", "Regime": "Testland", "Group ID": "90002"}
    | {"Other Information": "(Business Reg No):HE 12345. (Parent company):Timur PRIMEROV. (Website):sample.example"},
    {"Name 6": "PRIMEROFF", "Name 1": "Timour", "DOB": "05/03/1961", "Group Type": "Individual", "Alias Type": "AKA", "Alias Quality": "Low quality"}
    | {"Regime": "Testland", "Group ID": "90001", "Listed On": "05/03/2022"},
    {"Name 6": "OLD SAMPLE WORKS", "Group Type": "Entity", "Alias Type": "FKA", "Alias Quality": "Good", "Regime": "Otherland", "Group ID": "90002"},
]


def sheet(rows: Sequence[Mapping[str, str]] | None = None, titles: str = NEW, above: str = "Last Updated,27/01/2026\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(titles.split(","))
    writer.writerows([row.get(title, "") for title in titles.split(",")] for row in rows or ROWS)
    return above + out.getvalue()


def read(text: str | bytes) -> Read:
    found = SOURCE.read([File("ConList.csv", text if isinstance(text, bytes) else text.encode())])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    return found


def test_the_rows_of_a_group_are_one_entry() -> None:
    found = read(sheet())
    person, works = found.entities
    assert (found.published, found.counted, found.skipped) == (date(2026, 1, 27), 2, ())
    assert (person.id, person.schema, person.since) == ("90001", "Person", date(2022, 3, 5))
    assert person.names == (
        Name("Timur PRIMEROV", "name", "Timur", "PRIMEROV"),
        Name("Тимур Примеров", "original"),
        Name("Timour PRIMEROFF", "weak", "Timour", "PRIMEROFF"),
    )
    assert person.births == (Period(date(1961, 1, 1), date(1961, 12, 31)), Period(date(1961, 3, 5), date(1961, 3, 5)))
    assert person.nationalities == (Country("Russia", "RU"), Country("Belarus", "BY"))
    assert person.addresses == (Address("1 Sample Street, Minsk, Belarus", Country("Belarus", "BY")),)
    assert person.identifiers == (Identifier("passport", "7500001"), Identifier("passport", "7500002"), Identifier("national_id", "NID-7"))
    assert "Made up." in person.reason and "issued 2010" in person.reason and "Sampletown" in person.reason
    assert works.names == (Name("SAMPLE WORKS LLC"), Name("OLD SAMPLE WORKS", "former"))
    assert works.programmes == ("Testland", "Otherland")
    assert works.identifiers == (Identifier("registration", "HE 12345"),)
    assert works.links == (Link("owner", "90001", "parent: Timur PRIMEROV"),)


def test_the_form_before_2022_is_read_too() -> None:
    rows = [{key: cell for key, cell in row.items() if key in OLD.split(",")} for row in ROWS]
    rows[0] |= {"Passport Details": "7500001", "NI Number": "NID-7"}
    person = read(sheet(rows, OLD)).entities[0]
    assert person.identifiers == (Identifier("passport", "7500001"), Identifier("national_id", "NID-7"))
    assert [name.kind for name in person.names] == ["name", "alias"]


def test_what_does_not_fit_is_told() -> None:
    rows = [
        *ROWS,
        {"Name 6": "LOOSE", "DOB": "long ago", "Group Type": "Individual", "Country": "Atlantis"},
        {"Group ID": "90009", "Group Type": "Entity"},
    ]
    found = read(sheet(rows, NEW + ",Colour"))
    assert found.counted == 4
    assert sorted({part.code for part in found.skipped}) == [
        "skipped.column",
        "skipped.country",
        "skipped.date",
        "skipped.nameless",
        "skipped.no_id",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "list.empty"),
        ("<html><head><title>404</title></head></html>", "list.sort"),
        ("PK\x03\x04", "list.packed"),
        ("Last Updated,27/01/2026\r\n", "list.columns"),
        ("Last Updated,27/01/2026\r\n" + NEW + "\r\n", "list.rows"),
        (sheet(titles=NEW.replace("Group ID", "Group")), "list.columns"),
        (sheet()[:-60].rstrip(), "list.truncated"),
        ('36,"SAMPLE","-0-","CUBA"\r\n37,"OTHER","-0-","CUBA"\r\n', "list.columns"),
    ],
)
def test_what_is_no_such_list_is_refused(text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(text)
    problem = caught.value.problems[0]
    assert problem.code == code and problem.text("ru") and problem.text("en")
