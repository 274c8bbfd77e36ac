"""The lists of the US Treasury's OFAC: Specially Designated Nationals, and the consolidated list of all others; CSV set or XML."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from enduse.formats.problems import BadInput, Problem
from enduse.sources.ofac_csv import read_csv
from enduse.sources.ofac_xml import read_xml
from enduse.sources.sorts import sort_of
from enduse.sources.source import File, Read, Source

_SDN, _OTHERS = "ofac-sdn", "ofac-consolidated"
_FILES = {_SDN: ("sdn.csv", "alt.csv", "add.csv"), _OTHERS: ("cons_prim.csv", "cons_alt.csv", "cons_add.csv")}
_NOT_SDN = ("NS-PLC", "UKRAINE-EO13662", "CMIC-EO13959", "561-RELATED", "FSE-", "MBS", "CAPTA")  # programmes of those who are not blocked
_ENOUGH = 20  # entries by which the two lists can be told apart: some are on both

_EXPORTS = "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/"
_TERMS = (
    "Произведение правительства США: общественное достояние, использование не ограничено",
    "A work of the US government: public domain, use is free",
)


def _read(files: Sequence[File], *, word: str) -> Read:
    """One XML file, or the CSV files in any order. Raises BadInput where they are no such list, or are the other one."""
    if not files:
        raise BadInput(Problem("list.part.main", values={"list": word, "main": _FILES[word][0]}))
    if any(sort_of(file.data) == "got.xml" for file in files):
        if len(files) > 1:
            raise BadInput(Problem("list.mixed", values={"list": word}, file=files[0].name))
        read = read_xml(files[0], word)
    else:
        read = read_csv(files, word, _FILES[word])
    _refuse_the_other(read, files[0], word)
    return read


def _refuse_the_other(read: Read, file: File, word: str) -> None:
    """The two lists have one format; their programmes tell them apart. Raises BadInput."""
    if len(read.entities) < _ENOUGH:
        return
    others = sum(any(one.upper().startswith(_NOT_SDN) for one in entity.programmes) for entity in read.entities)
    share = round(100 * others / len(read.entities))
    if word == _SDN and share > 50:
        raise BadInput(Problem("list.another", values={"list": word, "other": _OTHERS, "share": share}, file=file.name))
    if word == _OTHERS and share < 10:
        raise BadInput(Problem("list.another", values={"list": word, "other": _SDN, "share": 100 - share}, file=file.name))


SDN = Source(
    word=_SDN,
    publisher="US Treasury, OFAC",
    title=("Список лиц особых категорий (SDN) Управления по контролю за иностранными активами США", "OFAC Specially Designated Nationals (SDN)"),
    terms=_TERMS,
    read=partial(_read, word=_SDN),
    addresses=(_EXPORTS + "SDN.XML",),  # the XML is one file, and says its day and its count
)
CONSOLIDATED = Source(
    word=_OTHERS,
    publisher="US Treasury, OFAC",
    title=("Сводный список OFAC: санкции без блокировки (SSI, NS-CMIC и др.)", "OFAC Consolidated (non-SDN) List: sectoral and other sanctions"),
    terms=_TERMS,
    read=partial(_read, word=_OTHERS),
    addresses=(_EXPORTS + "CONSOLIDATED.XML",),
)
SOURCES: tuple[Source, ...] = (SDN, CONSOLIDATED)
