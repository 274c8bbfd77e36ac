"""Papers of individuals: the number out of its words, and what kind of paper it is."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest

from enduse.domain.screening.entity import Identifier, Name
from enduse.sources.un_papers import bare, read, told


class Holder:
    def __init__(self) -> None:
        self.identifiers: list[Identifier] = []
        self.names: list[Name] = []
        self.said: list[str] = []
        self.skipped: list[str] = []

    def skip(self, code: str, **values: object) -> None:
        self.skipped.append(code)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("A0000001", "A0000001"),
        ("OB 0000001", "OB 0000001"),
        ("CAR diplomatic passport no. D00000001", "D00000001"),
        ("Libya 400001", "400001"),
        ("Central African Republic armed forces (FACA) Military identification number 900-10-70", "900-10-70"),
        ("Diplomatic Passport: Z30000001", "Z30000001"),
        ("380000001 (Expired 25 Jan. 2016)", "380000001"),
        ("R00000001, South Sudan", "R00000001"),
        ("Russian passport number 8200 No. 500001", "8200 No. 500001"),
        ("unknown words", "unknown words"),
        ("", ""),
    ],
)
def test_a_number_stands_without_its_words(said: str, number: str) -> None:
    assert bare(said) == number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Tunisian passport number L 100001 issued on 28 Feb. 1996", "L 100001"),
        ("SSN 100-92-0001 (United States of America)", "100-92-0001"),
        ("Italian Fiscal Code: SMPLMR74T11Z352Z", "SMPLMR74T11Z352Z"),
        ("issued in 1974", ""),
        ("issued for Omar Sample, born on 25 Sep. 1973", ""),
    ],
)
def test_a_sentence_may_tell_a_number(said: str, number: str) -> None:
    assert told(said) == number


@pytest.mark.parametrize(
    ("inner", "kind", "skipped"),
    [
        ("<TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>", "passport", []),
        ("<TYPE_OF_DOCUMENT>Número de pasaporte</TYPE_OF_DOCUMENT>", "passport", []),
        ("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT>", "national_id", []),
        ("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Voter ID</TYPE_OF_DOCUMENT2>", "other", []),
        ("<TYPE_OF_DOCUMENT>National Identification Number</TYPE_OF_DOCUMENT><TYPE_OF_DOCUMENT2>Italian Fiscal Code:</TYPE_OF_DOCUMENT2>", "tax", []),
        ("<TYPE_OF_DOCUMENT>Lamp licence</TYPE_OF_DOCUMENT>", "other", ["kind"]),
    ],
)
def test_the_kind_of_a_paper(inner: str, kind: str, skipped: list[str]) -> None:
    holder = Holder()
    read(fromstring(f"<INDIVIDUAL_DOCUMENT>{inner}<NUMBER>100001</NUMBER></INDIVIDUAL_DOCUMENT>"), lambda *_: None, holder)
    assert holder.identifiers == [Identifier(kind, "100001")]
    assert holder.skipped == skipped
    assert "100001" in holder.said[0]


def test_names_on_papers() -> None:
    holder = Holder()
    note = "issued under name Omar Sample, expired 2011; name in Arabic script: عمر مثال"
    read(fromstring(f"<INDIVIDUAL_DOCUMENT><NOTE>{note}</NOTE></INDIVIDUAL_DOCUMENT>"), lambda *_: None, holder)
    assert holder.names == [Name("عمر مثال", "original"), Name("Omar Sample", "alias")]
    assert holder.said == [f"Document: {note}"]
