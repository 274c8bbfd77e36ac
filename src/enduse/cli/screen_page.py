"""The answer on one name, set for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from enduse.cli.terminal import clean, console
from enduse.domain.screening.receipt import Receipt
from enduse.formats.receipts import asked, explained, not_covered, plain
from enduse.words import say


def shown(receipt: Receipt, lang: str) -> None:
    """Write the answer: the hits with their reasons, where it was searched, what is not covered, the receipt's digest."""
    out, found = console(), receipt.found
    out.print(Text.assemble((clean(receipt.query.name), "bold"), f"  {clean(' · '.join(asked(receipt.query, lang)))}"), soft_wrap=True)
    count = len(found.hits) + found.more
    verdict = say("screen.hits", lang, count=count) if count else say("screen.no_hits", lang)
    norms = say("screen.norms", lang, threshold=f"{receipt.norms.threshold:g}")
    out.print(Text.assemble((verdict, "bold red" if count else "bold green" if receipt.complete else "bold yellow"), (f"  {norms}", "dim")))
    for number, hit in enumerate(found.hits, 1):
        kind = say(f"screen.kind.{hit.kind}", lang)
        line = say("screen.hit", lang, list=hit.list, entry=hit.entry, name=hit.name, kind=kind, score=hit.score, strength=hit.strength)
        out.print()
        out.print(Text(f"{number}. {clean(line)}"))
        for feature in hit.explanation:
            out.print(Padding(Text(f"– {clean(explained(feature, lang))}"), (0, 0, 0, 3)))
    if found.more:
        out.print(Text(say("screen.more", lang, count=found.more)))
    out.print()
    _listed(say("screen.searched", lang), [_list(one.word, one.day, one.entries, lang) for one in receipt.lists if one.digest], out)
    _listed(say("screen.not_covered", lang), not_covered(receipt, lang), out)
    out.print(Text(say("screen.receipt", lang, digest=plain(receipt)["digest"]), style="dim"), soft_wrap=True)


def _list(word: str, day: object, entries: int, lang: str) -> str:
    return say("screen.searched.one", lang, list=word, day=day, entries=entries)


def _listed(title: str, lines: list[str], out: Console) -> None:
    if lines:
        out.print(Text(f"{title}:", style="bold"))
        for line in lines:
            out.print(Padding(Text(f"– {clean(line)}"), (0, 0, 0, 2)))
