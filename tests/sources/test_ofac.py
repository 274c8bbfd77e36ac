"""The two lists of OFAC: CSV set or XML, and which of the two it is."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.ofac import CONSOLIDATED, SDN
from enduse.sources.source import File


def rows(programme: str, count: int = 25) -> bytes:
    lines = [f'{number},"COMPANY {number}",-0- ,{programme},-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ' for number in range(1, count + 1)]
    return ("\r\n".join(lines) + "\r\n\x1a").encode()


def codes(source: object, *files: File) -> list[str]:
    with pytest.raises(BadInput) as refused:
        source.read(files)  # type: ignore[attr-defined]
    return [problem.code for problem in refused.value.problems]


def test_the_csv_set_is_read_by_both() -> None:
    assert len(SDN.read([File("sdn.csv", rows("SDGT"))]).entities) == 25
    assert len(CONSOLIDATED.read([File("cons_prim.csv", rows("UKRAINE-EO13662"))]).entities) == 25


def test_one_list_is_not_taken_for_the_other() -> None:
    assert codes(SDN, File("sdn.csv", rows("UKRAINE-EO13662"))) == ["list.another"]
    assert codes(CONSOLIDATED, File("cons_prim.csv", rows("SDGT"))) == ["list.another"]
    assert len(SDN.read([File("sdn.csv", rows("UKRAINE-EO13662", 3))]).entities) == 3  # too few to tell


def test_no_file_and_a_mixture_are_refused() -> None:
    assert codes(SDN) == ["list.part.main"]
    assert codes(SDN, File("sdn.xml", b"<?xml version='1.0'?><sdnList/>"), File("sdn.csv", rows("SDGT"))) == ["list.mixed"]
