"""The register as a table: every group has its column, words are told, nothing is a formula."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from enduse.documents.register_tables import COLUMNS, write_register

ENTRY: dict[str, Any] = {
    "number": 3,
    "event": "released",
    "at": "2026-11-02T10:00:00+00:00",
    "by": "Anna",
    "corrects": None,
    "corrected_by": None,
    "reason": "",
    "lacks": ["version"],
    "complete": False,
    "reference": "D-1",
    "title": '=HYPERLINK("http://x")',
    "outcome": "proceed",
    "clauses": ["5.2", "5.3"],
    "documents": [{"kind": "contract", "number": "7/26", "date": "2026-10-01"}],
    "parties": [
        {"role": "counterparty", "name": "@Lakeside", "country": "KE"},
        {"role": "end_user", "name": "Care", "citizenship": ["KE", "UG"]},
        {"role": "payer", "name": "Bank", "country": "CH"},
    ],
    "subjects": {"solution": {"name": "Slovo"}, "quantity": {"units": "4", "of": "seats"}, "delivery": {"form": "device"}, "end_use": {}},
    "identification": {
        "result": "listed",
        "entries": [{"list": "1299", "entry": "1.4.1"}],
        "permits": [{"number": "0412", "status": "granted", "valid_from": "2026-10-25", "valid_until": "2027-10-24"}],
    },
    "excused": None,
}


def rows(lang: str, *entries: dict[str, Any]) -> list[list[str]]:
    stream = io.BytesIO()
    write_register(entries, stream, lang)
    return list(csv.reader(io.StringIO(stream.getvalue().decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_each_entry_is_a_row_with_every_column(lang: str) -> None:
    head, row = rows(lang, ENTRY)
    assert len(head) == len(row) == len(COLUMNS)
    told = dict(zip(COLUMNS, row, strict=True))
    assert told["number"] == "3"
    assert told["documents"] == "contract 7/26 2026-10-01"
    assert told["end_user"] == "Care, KE/UG"
    assert told["entries"] == "1299 1.4.1"
    assert told["permits"].startswith("0412 ")
    assert told["others"].endswith("Bank, CH")


def test_nothing_in_it_is_a_formula() -> None:
    _, row = rows("en", ENTRY)
    told = dict(zip(COLUMNS, row, strict=True))
    assert told["title"].startswith("'=")
    assert told["counterparty"].startswith("'@")


def test_the_languages_differ() -> None:
    assert rows("ru", ENTRY)[0] != rows("en", ENTRY)[0]
    assert dict(zip(COLUMNS, rows("ru", ENTRY)[1], strict=True))["event"] == "отпущена"
