"""The Consolidated Screening List of the US: what Commerce, State and Treasury list, in one CSV with a header, in UTF-8.

Cells hold several values with `; ` between them. Of numbers there are two forms: `Passport, A1, IR` and, before 2021, `IR, A1, Passport`.
Links to web pages are not taken over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enduse.domain.screening.entity import Schema
from enduse.formats.problems import short
from enduse.sources.cells import cell, country, day
from enduse.sources.entries import made_id
from enduse.sources.source import File, Read, Skipped, Source
from enduse.sources.tables import named, table_of
from enduse.sources.us_entry import Entry, finished, kind_of
from enduse.sources.xml import only

WORD = "us-csl"
_NEEDED = (
    *("source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date"),
    *("license_requirement", "license_policy", "call_sign", "vessel_flag", "vessel_owner", "remarks", "alt_names", "citizenships"),
    *("dates_of_birth", "nationalities", "places_of_birth", "ids"),
)
_TOLD = {"_id", "standard_order", "vessel_type", "gross_tonnage", "gross_registered_tonnage"}
_KNOWN = {*_NEEDED, *_TOLD, "source_list_url", "source_information_url"}
_SCHEMAS: dict[str, Schema] = {
    "": "LegalEntity",  # Commerce and State do not say whether it is a person
    "individual": "Person",
    "entity": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
# The Denied Persons List leaves its own country out: there `CA` is California as well as Canada, `DE` Delaware as well as Germany.
_STATE = re.compile(
    "A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]",
)
_COUNTRY_LAST = re.compile(r"Treasury|\((?:EL|UVL|MEU)\)")  # lists that always say the country
_BEFORE_COUNTRY = re.compile(r"[A-Z]{2}|\d{4,6}|[A-Z]\d[A-Z] ?\d[A-Z]\d")  # a state, a province or a postcode: what follows is no state


def _read(files: Sequence[File]) -> Read:
    """Raises BadInput where it is not one file, not that table, or where a column is missing."""
    table = table_of(only(files, WORD), WORD)
    rows, skipped = named(table, WORD, _NEEDED, _KNOWN)
    entries = [_entry(values, table.place(row)) for row, values in rows]
    entities, more = finished(entries)
    return Read(entities, (*table.skipped, *skipped, *more), None, len(table.rows) - 1)


def _entry(row: Mapping[str, str], place: str) -> Entry:
    number = cell(row.get("_id")) or cell(row["entity_number"]) or made_id(row["source"], row["name"], row["addresses"])
    sort = cell(row["type"])
    entry = Entry(number, _SCHEMAS.get(sort.casefold(), "LegalEntity"), place)
    if sort.casefold() not in _SCHEMAS:
        entry.skipped.append(Skipped(place, "skipped.kind", {"text": short(sort), "field": "type", "taken": "LegalEntity"}))
    entry.called(row["name"])
    for name in _several(row["alt_names"]):
        entry.called(name, "alias")
    entry.programmes += [*filter(None, [cell(row["source"])]), *_several(row["programs"])]
    for address in _several(row["addresses"]):
        _address(entry, address, row["source"])
    for label in ("nationalities", "citizenships"):
        for land in _several(row[label]):
            entry.nationality(land)
    for born in _several(row["dates_of_birth"]):
        entry.birth(born)
    entry.vessel(
        call_sign=row["call_sign"],
        flag=row["vessel_flag"],
        owner=row["vessel_owner"],
        type=row.get("vessel_type", ""),
        tonnage=row.get("gross_tonnage", ""),
        gross=row.get("gross_registered_tonnage", ""),
    )
    for number in _several(row["ids"]):
        _number(entry, number)
    _dates(entry, row)
    _words(entry, row)
    return entry


def _several(text: str) -> list[str]:
    """The values of a cell; the last may begin with `and`."""
    return [found for part in text.split("; ") if (found := re.sub(r"^and\s+", "", cell(part)))]


def _address(entry: Entry, text: str, source: str) -> None:
    """An address, whose country stands last: as two letters, or in full. Where a state may stand there instead, no country is told."""
    *parts, last = (part.strip() for part in text.split(","))
    bare = _STATE.fullmatch(last) and not _COUNTRY_LAST.search(source) and not (parts and _BEFORE_COUNTRY.fullmatch(parts[-1]))
    if not bare and (re.fullmatch(r"[A-Z]{2}", last) or country(last).code):
        entry.address(parts, last)
    else:
        entry.address((text,), "")


def _number(entry: Entry, text: str) -> None:
    """A number with its word before or behind it, and its country on the other side; anything else there is a remark."""
    parts = [part.strip() for part in text.split(",")]
    if kind_of(parts[0]):
        label, values, at = parts[0], parts[1:], -1
    elif kind_of(parts[-1]):
        label, values, at = parts[-1], parts[:-1], 0
    elif parts[-1].endswith((":", "-")):
        entry.remark(f"{parts[-1]} {', '.join(parts[:-1])}")
        return
    else:
        entry.remark(f"{parts[0]} {', '.join(parts[1:])}" if parts[0].endswith((":", "-")) else text)
        return
    land = values.pop(at) if len(values) > 1 and re.fullmatch(r"[A-Z]{2}", values[at]) else ""
    if not entry.number(label, ", ".join(values), land):
        entry.remark(text)


def _dates(entry: Entry, row: Mapping[str, str]) -> None:
    for label in ("start_date", "end_date"):
        said, found = cell(row[label]), day(row[label], month_first=True)
        if said and found is None:
            entry.reason.append(f"{label}: {said}")
            entry.skipped.append(Skipped(entry.place, "skipped.date", {"text": short(said, 60), "field": label}))
        elif found and label == "start_date":
            entry.listed.append(found)
        elif found:
            entry.until = found


def _words(entry: Entry, row: Mapping[str, str]) -> None:
    if title := cell(row["title"]):
        entry.reason.append(title)
    entry.reason += [f"POB {place}" for place in _several(row["places_of_birth"])]
    for remark in row["remarks"].split(";"):
        entry.remark(remark)
    entry.reason += filter(None, (cell(row[name]) for name in ("license_requirement", "license_policy", "federal_register_notice")))
    if order := cell(row.get("standard_order")):
        entry.reason.append(f"Standard order: {order}")


SOURCE = Source(
    word=WORD,
    publisher="US Department of Commerce, ITA",
    title=("Сводный список проверки США (CSL): списки Минторга, Госдепартамента и Минфина", "US Consolidated Screening List (CSL)"),
    terms=(
        "Произведение правительства США: общественное достояние, использование не ограничено",
        "A work of the US government: public domain, use is free",
    ),
    read=_read,
    addresses=("https://data.trade.gov/downloadable_consolidated_screening_list/v1/consolidated.csv",),
)
