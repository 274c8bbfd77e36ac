"""OFAC's delimited files: made-up entries in their format, every remark that is read, bad inputs, and the real files whole."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from enduse.domain.screening.entity import Address, Country, Entity, Identifier, Link, Name, Period
from enduse.sources.ofac import CONSOLIDATED, SDN
from enduse.sources.source import File, Read, Source
from tests.sources.reading import read_whole, refusal

NOTHING = "-0- "
END = "\r\n\x1a"
CUBA, IRAN = Country("Cuba", "CU"), Country("Iran", "IR")
LISTS = "data/lists"


def row(
    number: int | str, name: str, remarks: str = NOTHING, *, sort: str = NOTHING, programmes: str = "SDGT", vessel: str = ",".join([NOTHING] * 6)
) -> str:
    return f'{number},"{name}",{sort},"{programmes}",{NOTHING},{vessel},"{remarks}"'


def sdn(*rows: str, name: str = "sdn.csv", end: str = END) -> File:
    return File(name, ("\r\n".join(rows) + end).encode())


def read(*files: File, source: Source = SDN) -> Read:
    return read_whole(source, *files)


def only(remarks: str, sort: str = "individual") -> Entity:
    return read(sdn(row(1, "DOE, Jane", remarks, sort=sort))).entities[0]


def codes(found: Read) -> list[str]:
    return [one.code for one in found.skipped if not one.code.startswith("skipped.part")]


def refused(*files: File, source: Source = SDN) -> str:
    return refusal(source, *files)


def test_a_whole_set() -> None:
    ship = "T2XX,Tug,100,200,Iran,ACME SHIPPING"
    main = sdn(
        row(10, "ACME SHIPPING", "Registration Number 77 (Cuba); a.k.a. 'ACMES'.", programmes="SDGT] [IRAN"),
        row(11, "DOE, Jane Q.", "DOB 05 Mar 1961; alt. DOB circa 1957 to 1960; nationality Iran; Linked To: ACME SHIPPING.", sort="individual"),
        row(12, "SEA STAR", "Vessel Registration Identification IMO 1234567; MMSI 123456789.", sort="vessel", vessel=ship),
        row(13, "XX-ABC", sort="aircraft"),
    ).data
    also = sdn('10,1,"aka","ACME LINES",-0- ', '10,2,"fka","OLD ACME",-0- ', '11,3,"nka","DOW, Jane",-0- ', name="alt.csv")
    where = sdn('10,1,"1 Pier Road","Havana 101","Cuba",-0- ', '11,2,-0- ,-0- ,"Iran",-0- ', "12,3,-0- ,-0- ,-0- ,-0- ", name="add.csv")
    acme, jane, ship_, plane = read(where, File("x.csv", main), also).entities  # in any order, whatever their names
    assert {(name.text, name.kind) for name in acme.names} == {
        ("ACME SHIPPING", "name"),
        ("ACME LINES", "alias"),
        ("OLD ACME", "former"),
        ("ACMES", "weak"),
    }
    assert (acme.schema, acme.programmes, acme.reason) == ("Organization", ("SDGT", "IRAN"), "")
    assert acme.identifiers == (Identifier("registration", "77", CUBA),)
    assert acme.addresses == (Address("1 Pier Road, Havana 101, Cuba", CUBA),)
    assert jane.schema == "Person" and jane.names[0] == Name("DOE, Jane Q.", "name", "Jane Q.", "DOE")
    assert jane.names[1] == Name("DOW, Jane", "alias", "Jane", "DOW")
    assert jane.births == (Period(date(1961, 3, 5), date(1961, 3, 5)), Period(date(1957, 1, 1), date(1960, 12, 31), circa=True))
    assert (jane.nationalities, jane.countries, jane.addresses) == ((IRAN,), (IRAN,), ())
    assert jane.links == (Link("associate", "10", "Linked To: ACME SHIPPING"),)
    assert ship_.schema == "Vessel" and ship_.countries == (IRAN,) and ship_.links == (Link("owner", "10", "Vessel owner: ACME SHIPPING"),)
    assert ship_.identifiers == (Identifier("other", "T2XX"), Identifier("imo", "1234567"), Identifier("mmsi", "123456789"))
    assert ship_.reason == "Vessel type: Tug; Tonnage: 100; Gross registered tonnage: 200"
    assert plane.schema == "Airplane"


@pytest.mark.parametrize(
    ("remark", "kind", "value", "land"),
    [
        ("Passport A123 (Iran) issued 01 Jan 2010 expires 01 Jan 2015", "passport", "A123", "IR"),
        ("alt. Passport D9, Diplomatic (Cuba)", "passport", "D9, Diplomatic", "CU"),
        ("National ID No. 55 66", "national_id", "55 66", ""),
        ("Identification Number 8 (Cuba)", "national_id", "8", "CU"),
        ("NIT # 800-7 (Colombia)", "tax", "800-7", "CO"),
        ("Tax ID No. 12 (Korea, North)", "tax", "12", "KP"),
        ("Unified Social Credit Code (USCC) 91X (China)", "registration", "91X", "CN"),
        ("Aircraft Construction Number (also called L/N or S/N or F/N) 84", "registration", "84", ""),
        ("SWIFT/BIC ABCDEFGH", "swift", "ABCDEFGH", ""),
        ("Digital Currency Address - XBT 1AbC", "wallet", "1AbC", ""),
        ("Company Number IMO 5", "imo", "5", ""),
        ("Driver's License No. M6 (United States)", "other", "M6", "US"),
    ],
)
def test_a_number_in_the_remarks(remark: str, kind: str, value: str, land: str) -> None:
    found = only(f"Gender Female; {remark}.")
    assert [(one.kind, one.value, one.country.code if one.country else "") for one in found.identifiers] == [(kind, value, land)]
    assert found.reason == ("Gender Female" if "issued" not in remark else f"Gender Female; {remark}")


def test_what_is_no_field_stays_in_words() -> None:
    said = (
        "POB Springfield, Iran; Gender Female; License to nobody in particular to do so; Secondary sanctions risk: section 1(b); Member of the Board"
    )
    assert only(said + ".").reason == said
    assert only("Listing Date (EO 1 Directive 3): 24 Feb 2022; Listing Date (CMIC) 03 Jun 2021.").since == date(2021, 6, 3)


def test_what_cannot_be_read_is_told_and_kept() -> None:
    found = read(sdn(row(1, "DOE, Jane", "DOB in spring; nationality Atlantis; Linked To: NOBODY.", sort="individual"), row(2, "X", sort="robot")))
    assert codes(found) == ["skipped.date", "skipped.country", "skipped.kind", "skipped.link"]
    jane = found.entities[0]
    assert jane.nationalities == (Country("Atlantis", ""),) and jane.reason == "DOB in spring; Linked To: NOBODY"
    assert found.entities[1].schema == "LegalEntity"


def test_the_list_alone_is_read_and_what_is_missing_is_told() -> None:
    found = read(sdn(row(1, "X")))
    assert [one.code for one in found.skipped] == ["skipped.part.names", "skipped.part.addresses"]
    assert "cons_alt.csv" in str(read(sdn(row(1, "X")), source=CONSOLIDATED).skipped)
    assert "skipped.end" in codes(read(sdn(row(1, "X"), end="\n")))


def test_remarks_that_are_cut_go_on_in_the_comments_or_are_told() -> None:
    begun = ("Gender Female; " + "All offices; " * 80)[: 1000 - len("a.k.a. 'FIR")] + "a.k.a. 'FIR"
    assert len(begun) == 1000
    alone = read(sdn(row(1, "DOE, Jane", begun)))
    assert codes(alone) == ["skipped.cut"] and len(alone.entities[0].names) == 1 and alone.entities[0].reason.endswith("a.k.a. 'FIR…")
    whole = read(sdn(row(1, "DOE, Jane", begun)), sdn("1,\"ST NAME'; a.k.a. 'SECOND'.\"", name="sdn_comments.csv"))
    assert codes(whole) == [] and [name.text for name in whole.entities[0].names][1:] == ["FIRST NAME", "SECOND"]


def test_entries_that_do_not_count() -> None:
    found = read(
        sdn(row(1, "FIRST"), row(1, "FIRST"), row(1, "OTHER"), row(2, "-0- "), "3,FOURTH,x", *(row(number, f"N{number}") for number in range(4, 20))),
        sdn('1,1,"aka","ALSO FIRST",-0- ', '2,2,"zzz","NAMED",-0- ', '99,3,"aka","OF NOBODY",-0- ', name="alt.csv"),
    )
    assert codes(found) == ["skipped.width", "skipped.orphan", "skipped.renumbered", "skipped.renumbered", "skipped.kind"]
    names = {entity.id: [name.text for name in entity.names] for entity in found.entities}
    assert names["1"] == ["FIRST", "ALSO FIRST"] and names["2"] == ["NAMED"]
    assert sorted(text for id, texts in names.items() if id.startswith("1~") for text in texts) == ["FIRST", "OTHER"]


def test_a_repeated_and_a_nameless_entry_are_left_out() -> None:
    found = read(sdn(row(1, "FIRST"), row(1, "FIRST"), row(2, "-0- ")))
    assert codes(found) == ["skipped.same", "skipped.nameless"] and found.counted == 3


@pytest.mark.parametrize("name", ["Я", "x" * 2000, "12345", "LLC", "🚢 SHIP", "\u200fSHIP\u200f", "A, B, C, D"])
def test_strange_names_are_names(name: str) -> None:
    assert read(sdn(row(1, name, sort="individual"))).entities[0].names


def test_what_is_no_such_list_is_refused() -> None:
    assert "`sdn.csv`) is missing" in refused()
    assert "`sdn.csv`) is missing" in refused(sdn('1,1,"aka","X",-0- ', name="alt.csv"))
    assert "named twice: `sdn.csv` and `old.csv`" in refused(sdn(row(1, "X")), sdn(row(1, "X"), name="old.csv"))
    assert "its first row has 3 columns" in refused(sdn("a,b,c"))
    assert "an HTML page" in refused(File("sdn.csv", b"<html><body>503</body></html>"))
    assert "a ZIP archive" in refused(File("sdn.zip", b"PK\x03\x04"))
    assert "is empty" in refused(File("sdn.csv", b"\x1a"))
    assert "breaks off at line 2" in refused(sdn(row(1, "X"), '2,"Y",-0- ,"SD', end=""))
    assert "1 of 1 rows belong to entries" in refused(sdn(row(1, "X")), sdn('7,1,"aka","X",-0- ', name="cons_alt.csv"))
    assert "either CSV files or one XML file" in refused(sdn(row(1, "X")), File("sdn.xml", b"<sdnList/>"))


def test_the_other_list_is_known_by_its_programmes() -> None:
    sectoral = sdn(*(row(number, f"BANK {number}", programmes="UKRAINE-EO13662] [RUSSIA-EO14024") for number in range(30)))
    blocked = sdn(*(row(number, f"FIRM {number}") for number in range(30)))
    assert "another list, `ofac-consolidated` by the look of it: 100 %" in refused(sectoral)
    assert "another list, `ofac-sdn`" in refused(blocked, source=CONSOLIDATED)
    assert len(read(sectoral, source=CONSOLIDATED).entities) == len(read(blocked).entities) == 30


@pytest.mark.parametrize(
    ("folder", "names", "source", "cut", "links"),
    [
        ("ofac-sdn-2021-07", ("sdn.csv", "alt.csv", "add.csv"), SDN, 5, 3300),
        ("ofac-sdn-2022-01", ("sdn.csv", "alt.csv", "add.csv"), SDN, 7, 3400),
        ("ofac-sdn-2024", ("sdn_2024-05-03.csv",), SDN, 17, 6300),
        ("ofac-consolidated", ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"), CONSOLIDATED, 0, 280),
    ],
)
def test_the_real_files_are_read_whole(shared: Path, folder: str, names: tuple[str, ...], source: Source, cut: int, links: int) -> None:
    files = [File(name, (shared / LISTS / folder / name).read_bytes()) for name in names]
    found = read(*files, source=source)
    counts = [len(re.findall(rb"(?m)^\d+,", file.data)) for file in files]
    assert found.counted == counts[0] == len(found.entities)
    assert codes(found).count("skipped.cut") == cut and not any(one.whole for one in found.skipped)
    assert sum(len(entity.links) for entity in found.entities) >= links
    if len(files) > 1:
        other = sum(name.kind in ("alias", "former") for entity in found.entities for name in entity.names)
        assert other >= counts[1] * 0.96  # some repeat another name to the letter
