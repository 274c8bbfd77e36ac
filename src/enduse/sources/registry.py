"""All published lists that can be read, by their words on the command line."""

from __future__ import annotations

from enduse.formats.problems import BadInput, Problem, nearest
from enduse.sources import ca_sema, eu_fsf, ftm, ofac, own, ru_rosfin, uk_ofsi, uk_sl, un_sc, us_csl, us_dpl
from enduse.sources.source import Source

SOURCES: dict[str, Source] = {
    source.word: source
    for source in (
        un_sc.SOURCE,
        ru_rosfin.SOURCE,
        *ofac.SOURCES,
        us_csl.SOURCE,
        us_dpl.SOURCE,
        eu_fsf.SOURCE,
        uk_sl.SOURCE,
        uk_ofsi.SOURCE,
        ca_sema.SOURCE,
        ftm.SOURCE,
        own.SOURCE,
    )
}


def source_named(word: str) -> Source:
    """The list that goes by a word. Raises BadInput, with the words there are."""
    if word not in SOURCES:
        raise BadInput(Problem("list.unknown", values={"list": word, "known": tuple(SOURCES), "near": nearest(word, SOURCES)}))
    return SOURCES[word]
