"""The Denied Persons List of the US Bureau of Industry and Security: a table with a header, tabs between the cells, in UTF-8 (so far ASCII).

A row is a name at an address under an order. The list gives no numbers: an entry's id is made of name, address and the order's day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enduse.formats.problems import short
from enduse.sources.cells import cell, day
from enduse.sources.entries import made_id
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.tables import named, table_of
from enduse.sources.us_entry import Entry, finished
from enduse.sources.xml import only

WORD = "us-dpl"
_NEEDED = ("Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date", "Expiration_Date", "Action", "FR_Citation")
_KNOWN = {*_NEEDED, "Standard_Order", "Last_Update"}


def _read(files: Sequence[File]) -> Read:
    """Raises BadInput where it is not one file, not that table, or where a column is missing."""
    table = table_of(only(files, WORD), WORD, delimiter="\t")
    rows, skipped = named(table, WORD, _NEEDED, _KNOWN)
    entries = [_entry(values, table.place(row)) for row, values in rows]
    entities, more = finished(entries)
    return Read(entities, (*table.skipped, *skipped, *more), None, len(table.rows) - 1)


def _entry(row: Mapping[str, str], place: str) -> Entry:
    said = [cell(row[name]) for name in ("Name", "Country", "Street_Address", "City", "State", "Postal_Code", "Effective_Date")]
    entry = Entry(made_id(*said), "LegalEntity", place)  # whether it is a person the list does not say
    entry.called(row["Name"])
    entry.programmes.append("Denied Persons List")
    town = " ".join(filter(None, (cell(row["State"]), cell(row["Postal_Code"]))))
    entry.address((row["Street_Address"], row["City"], town), row["Country"])
    for label in ("Effective_Date", "Expiration_Date"):
        found = day(row[label], month_first=True)
        if found is None and (text := cell(row[label])):
            entry.reason.append(f"{label}: {text}")
            entry.skipped.append(Skipped(place, "skipped.date", {"text": short(text, 60), "field": label}))
        elif found and label == "Effective_Date":
            entry.listed.append(found)
        else:
            entry.until = found
    entry.reason += filter(None, (cell(row["Action"]), cell(row["FR_Citation"])))
    for label, words in (("Standard_Order", "Standard order"), ("Last_Update", "Updated")):
        if text := cell(row.get(label)):
            entry.reason.append(f"{words}: {text}")
    return entry


SOURCE = Source(
    word=WORD,
    publisher="US Department of Commerce, BIS",
    title=("Список лиц, лишённых экспортных привилегий США (DPL)", "US Denied Persons List (DPL)"),
    terms=(
        "Произведение правительства США: общественное достояние, использование не ограничено",
        "A work of the US government: public domain, use is free",
    ),
    read=_read,
)
