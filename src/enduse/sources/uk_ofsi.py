"""The OFSI Consolidated List of the United Kingdom, closed on 28 January 2026: ConList.csv, for archives. A row for each name of a group.

Written from the published format and tried on a sample: no real file was at hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from enduse.sources.cells import cell
from enduse.sources.source import File, Read, Source
from enduse.sources.uk import TERMS, Draft, read_rows
from enduse.sources.xml import only

WORD = "uk-ofsi"
_COLUMNS = {  # what a column holds: its titles in the form of 2022, and in the one before
    **{f"name{number}": (f"Name {number}",) for number in range(1, 7)},
    **{f"line{number}": (f"Address {number}",) for number in range(1, 7)},
    "id": ("Group ID",),
    "kind": ("Group Type",),
    "name_type": ("Alias Type",),
    "strength": ("Alias Quality",),
    "original": ("Name Non-Latin Script",),
    "programme": ("Regime",),
    "information": ("Other Information",),
    "postcode": ("Post/Zip Code",),
    "country": ("Country",),
    "listed": ("Listed On",),
    "designated": ("UK Sanctions List Date Designated",),
    "birth": ("DOB",),
    "nationality": ("Nationality",),
    "national_id": ("National Identification Number", "NI Number"),
    "national_id_note": ("National Identification Details",),
    "passport": ("Passport Number",),
    "passport_note": ("Passport Details",),
}
_REASONS = ("Title", "Position", "Town of Birth", "Country of Birth")
_IDLE = ("Last Updated", "Non-Latin Script Type", "Non-Latin Script Language")
_REQUIRED = ("Name 6", "Name 1", "Group Type", "Regime", "Group ID")
_LABEL = re.compile(r"\(([A-Z][A-Za-z /]{2,60})\):")  # how Other Information tells its parts apart
_TOLD = {  # what of those parts is a number, or another's name
    "imo number": ("imo", ""),
    "business reg no": ("registration", ""),
    "business registration number": ("registration", ""),
    "parent company": ("", "parent"),
    "subsidiaries": ("", "subsidiary"),
    "current owners": ("", "owner"),
    "current owner": ("", "owner"),
    "previous owners": ("", "past owner"),
    "previous owner": ("", "past owner"),
}


def read(files: Sequence[File]) -> Read:
    """The list from its CSV; the day that it gives stands in the line above the header."""
    return read_rows(only(files, WORD), WORD, _COLUMNS, (*_REASONS, *_IDLE), _REQUIRED, _add_row)


def _add_row(draft: Draft, held: Mapping[str, str], cells: Mapping[str, str]) -> None:
    def get(field: str) -> str:
        return held.get(field, "")

    if cell(get("kind")):
        draft.add_schema(get("kind"), "Group Type")
    draft.add_name([get(f"name{number}") for number in range(1, 7)], get("name_type"), get("strength"))
    draft.add_original(get("original"))
    draft.add_births(get("birth"), "DOB")
    draft.add_since(get("listed") or get("designated"), "Listed On")
    draft.add_countries(draft.nationalities, get("nationality"), "Nationality")
    draft.add_address([*(get(f"line{number}") for number in range(1, 7)), get("postcode")], get("country"), "Country")
    if "passport" in held:
        draft.add_identifiers("passport", get("passport"), get("passport_note"), "Passport")
    else:  # before 2022 the number stood among the details
        draft.add_identifiers("passport", get("passport_note"), "", "Passport")
    draft.add_identifiers("national_id", get("national_id"), get("national_id_note"), "National identification")
    draft.add_programme(get("programme"))
    _add_information(draft, get("information"))
    for column in _REASONS:
        draft.add_reason(cells.get(column, ""), column)


def _add_information(draft: Draft, text: str) -> None:
    """Other Information, whole, and of its labelled parts the numbers and the ties."""
    draft.add_reason(text)
    parts = _LABEL.split(text)
    for label, said in zip(parts[1::2], parts[2::2], strict=True):
        kind, tie = _TOLD.get(label.casefold().strip(), ("", ""))
        if kind:
            draft.add_identifiers(kind, said, "", label)
        elif tie:
            draft.add_tie(tie, said, label)


SOURCE = Source(
    WORD,
    "Office of Financial Sanctions Implementation, HM Treasury",
    (
        "Сводный список OFSI (Великобритания), закрыт в январе 2026 года; для архивов",
        "OFSI Consolidated List (UK), closed in January 2026; for archives",
    ),
    TERMS,
    read,
    tried_on="sample",
)
