"""The Consolidated Screening List: made-up rows in both its forms, bad inputs, and the real samples."""

from __future__ import annotations

import csv
import io
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Name
from enduse.sources.source import File
from enduse.sources.us_csl import SOURCE
from tests.sources.reading import read_whole, refusal

read, refused = partial(read_whole, SOURCE), partial(refusal, SOURCE)
COLUMNS = [
    *("source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date"),
    *("standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage"),
    *("vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities"),
    *("places_of_birth", "source_information_url", "ids"),
]
IRAN = Country("IR", "IR")


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> File:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({"source": "Test List (TL)", **one} for one in rows)
    return File("csl.csv", text.getvalue().encode())


def test_a_person() -> None:
    found = read(
        table(
            {
                "entity_number": "7",
                "type": "Individual",
                "programs": "SDGT; IRAN",
                "name": "DOE, Jane",
                "title": "Chief",
                "addresses": "1 Road, Tehran, IR; Havana, CU; IR",
                "alt_names": "DOW, Jane; and Janey",
                "citizenships": "IR",
                "dates_of_birth": "1974; 1975-02-03",
                "nationalities": "CU",
                "places_of_birth": "Qom",
                "remarks": "Wanted; (Linked To: NOBODY)",
                "ids": "Passport, A1, IR; IR, B2, National ID No.; Gender, Female; Section 5, Secondary sanctions risk:",
            }
        )
    )
    jane = found.entities[0]
    assert (jane.id, jane.schema) == ("7", "Person")
    assert jane.names == (Name("DOE, Jane", "name", "Jane", "DOE"), Name("DOW, Jane", "alias", "Jane", "DOW"), Name("Janey", "alias"))
    assert jane.programmes == ("Test List (TL)", "SDGT", "IRAN")
    assert jane.addresses == (Address("1 Road, Tehran, IR", IRAN), Address("Havana, CU", Country("CU", "CU")))
    assert jane.countries == (IRAN,) and [one.code for one in jane.nationalities] == ["CU", "IR"]
    assert [one.first.year for one in jane.births] == [1974, 1975]
    assert jane.identifiers == (Identifier("passport", "A1", IRAN), Identifier("national_id", "B2", IRAN))
    assert jane.reason == "Gender, Female; Secondary sanctions risk: Section 5; Chief; POB Qom; Wanted; Linked To: NOBODY"
    assert [one.code for one in found.skipped] == ["skipped.link"]


def test_a_denied_firm_and_a_ship() -> None:
    firm, ship = read(
        table(
            {"name": " ACME A/K/A ACMES", "start_date": "2020-01-02", "end_date": "2030-01-02", "addresses": "9 Way, PHOENIX, AZ, 85043"},
            {"entity_number": "8", "type": "Vessel", "name": "SEA STAR", "vessel_flag": "Iran", "vessel_owner": "ACME", "ids": "IMO 12, MMSI"},
        )
    ).entities
    assert firm.schema == "LegalEntity" and [(name.text, name.kind) for name in firm.names] == [("ACME", "name"), ("ACMES", "alias")]
    assert (firm.since, firm.until) == (date(2020, 1, 2), date(2030, 1, 2)) and firm.addresses[0].country is None
    assert len(firm.id) == 16 and ship.links[0].to == firm.id and ship.links[0].kind == "owner"


TREASURY, DENIED = "Specially Designated Nationals (SDN) - Treasury Department", "Denied Persons List (DPL) - Bureau of Industry and Security"


@pytest.mark.parametrize(
    ("source", "said", "code"),
    [
        (DENIED, "9 Way, LOS ANGELES, CA", None),  # California
        (DENIED, "9 Way, WILMINGTON, DE", None),
        (DENIED, "CA", None),
        (DENIED, "DALLAS, TX", None),  # no country is called so
        ("Another List (AL) - State Department", "CHICAGO, IL", None),
        (DENIED, "8 Street, Toronto, ON, CA", "CA"),
        (DENIED, "8 Street, Montreal, Quebec, H2L 1K3, CA", "CA"),
        (DENIED, "Strontianitstrasse 5, Drensteinfurt, 4406, DE", "DE"),  # no state stands behind its postcode
        (DENIED, "9 Way, LOS ANGELES, CA, 90001", None),
        (DENIED, "9 Way, LOS ANGELES, CA, 90001, US", "US"),
        (DENIED, "9 Way, LOS ANGELES, CA, US", "US"),
        (DENIED, "BAGHDAD, IQ", "IQ"),  # no state is called so
        (TREASURY, "Calle 7, Medellin, CO", "CO"),  # there the country always stands last
        (TREASURY, "Toronto, CA", "CA"),
        ("Entity List (EL) - Bureau of Industry and Security", "HAAssif 19, Binyamina, IL", "IL"),
    ],
)
def test_a_state_of_the_us_is_no_country(source: str, said: str, code: str | None) -> None:
    (entity,) = read(table({"source": source, "name": "ACME", "addresses": said})).entities
    assert [place.code for place in entity.countries] == []
    assert [(one.text, one.country and one.country.code) for one in entity.addresses] == [(said, code)]


def test_successors_are_no_name() -> None:
    said = "Acme Company; and any successor, sub-unit, or subsidiary thereof"
    entity = read(table({"name": said})).entities[0]
    assert [name.text for name in entity.names] == ["Acme Company"] and entity.reason == said


def test_what_does_not_fit_is_told() -> None:
    rows: tuple[dict[str, str], ...] = (
        {"entity_number": "1", "name": "A", "start_date": "soon", "nationalities": "Atlantis", "type": "Robot"},
        {"entity_number": "1", "name": "B"},
        {"entity_number": "1", "name": "B"},
        {"name": ""},
    )
    found = read(table(*rows, columns=[*COLUMNS, "colour"]))
    assert sorted(one.code for one in found.skipped) == [
        "skipped.column",
        "skipped.country",
        "skipped.date",
        "skipped.kind",
        "skipped.nameless",
        "skipped.renumbered",
        "skipped.same",
    ]
    assert [one.code for one in found.skipped if one.whole] == ["skipped.same", "skipped.nameless"]
    assert found.entities[0].reason == "start_date: soon"


def test_what_is_no_such_list_is_refused() -> None:
    whole = table({"name": "A"})
    assert "the columns `alt_names`" in refused(table({"name": "A"}, columns=[name for name in COLUMNS if name != "alt_names"]))
    assert "is one file, and 2 are given" in refused(whole, whole)
    assert "holds a header and no entry" in refused(table())
    assert "an HTML page" in refused(File("csl.csv", b"<html></html>"))
    assert "this is a JSON file" in refused(File("csl.json", b'{"results": []}'))
    assert "breaks off" in refused(File("csl.csv", whole.data[:-12]))


@pytest.mark.parametrize(("name", "aliases"), [("csl_small_watchman.csv", 160), ("csl_consolidated_sample.csv", 15)])
def test_the_real_samples_are_read_whole(shared: Path, name: str, aliases: int) -> None:
    data = (shared / "data" / "lists" / "us-csl" / name).read_bytes()
    found = read(File(name, data))
    assert found.counted == len(found.entities) == data.strip().count(b"\n")  # no cell holds a line's end
    assert {one.code for one in found.skipped} <= {"skipped.link"}
    assert sum(len(entity.names) - 1 for entity in found.entities) >= aliases
