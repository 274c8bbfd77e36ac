"""The Denied Persons List: made-up rows in its format, bad inputs, and the real files of two years."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Address, Country, Name
from enduse.sources.source import File
from enduse.sources.us_dpl import SOURCE
from tests.sources.reading import read_whole, refusal

read, refused = partial(read_whole, SOURCE), partial(refusal, SOURCE)
HEADER = (
    *("Name", "Street_Address", "City", "State", "Country", "Postal_Code"),
    *("Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action", "FR_Citation"),
)
FIRST = ("ACME, INC. D/B/A ACMES", "1 ROAD", "PARIS", "", "FR", "75001", "03/04/2002", "06/29/2056", "Y", "2006-07-11", "NEW", "67 F.R. 1")
SECOND = ("JANE DOE", "2 WAY", "MIAMI", "FL", "", "33130", "10/13/2020", "", "N", "2020-11-05", "", "85 F.R. 2")


def table(*rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> File:
    return File("dpl.txt", "\n".join("\t".join(f'"{cell}"' for cell in row) for row in (header, *rows)).encode())


def test_orders() -> None:
    found = read(table(FIRST, SECOND))
    acme, jane = found.entities
    assert acme.names == (Name("ACME, INC."), Name("ACMES", "alias")) and acme.schema == "LegalEntity"
    assert acme.addresses == (Address("1 ROAD, PARIS, 75001, FR", Country("FR", "FR")),)
    assert (acme.since, acme.until) == (date(2002, 3, 4), date(2056, 6, 29))
    assert acme.reason == "NEW; 67 F.R. 1; Standard order: Y; Updated: 2006-07-11"
    assert jane.addresses == (Address("2 WAY, MIAMI, FL 33130"),) and jane.until is None
    assert found.skipped == ()


def test_the_id_is_of_the_order_and_not_of_what_is_updated() -> None:
    before = read(table(FIRST)).entities[0]
    after = read(table(SECOND, (*FIRST[:7], "01/01/2060", "Y", "2026-01-01", "EXTENDED", "91 F.R. 3"))).entities[1]
    other = read(table((*FIRST[:6], "03/05/2002", *FIRST[7:]))).entities[0]
    assert before.id == after.id != other.id and after.until == date(2060, 1, 1)


def test_what_does_not_fit_is_told() -> None:
    odd = (*SECOND[:4], "XZ", SECOND[5], "13/45/2020", "never", *SECOND[8:])
    found = read(table(FIRST, FIRST, odd, ("", *SECOND[1:])))
    assert [(one.code, one.whole) for one in found.skipped] == [
        ("skipped.same", True),
        ("skipped.nameless", True),
        ("skipped.country", False),
        ("skipped.date", False),
        ("skipped.date", False),
    ]
    assert "Effective_Date: 13/45/2020; Expiration_Date: never" in found.entities[1].reason


def test_what_is_no_such_list_is_refused() -> None:
    whole = table(FIRST, SECOND)
    assert "the columns `Expiration_Date`" in refused(table(FIRST[:7] + FIRST[8:], header=HEADER[:7] + HEADER[8:]))
    assert "does not parse (line 1)" in refused(File("dpl.txt", whole.data.replace(b"\t", b",")))
    assert "are missing" in refused(File("dpl.txt", whole.data.replace(b"\t", b",").replace(b'"', b"")))
    assert "breaks off at line 3" in refused(File("dpl.txt", whole.data[:-30]))
    assert "breaks off at line 3" in refused(File("dpl.txt", whole.data[:-3]))
    assert "is one file" in refused()
    assert "an HTML page" in refused(File("dpl.txt", b"<html></html>"))
    assert "a ZIP archive" in refused(File("dpl.zip", b"PK\x03\x04"))


@pytest.mark.parametrize(("year", "repeated"), [(2019, 3), (2021, 2)])
def test_the_real_files_are_read_whole(shared: Path, year: int, repeated: int) -> None:
    data = (shared / "data" / "lists" / "us-dpl" / f"dpl_{year}_watchman.txt").read_bytes()
    found = read(File("dpl.txt", data))
    rows = data.strip().split(b"\n")[1:]
    assert found.counted == len(rows) and len(found.entities) == len(set(rows)) == len(rows) - repeated
    assert {one.code for one in found.skipped} == {"skipped.same", "skipped.country"}  # one country is a state of the US
    assert sum(entity.until is not None for entity in found.entities) > 450 and all(entity.since for entity in found.entities)
