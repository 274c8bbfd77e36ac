"""`enduse prove`: what is proved of the rule table, over how many states, in what time."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import click

from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.domain.edition import Edition
from enduse.domain.proof.prover import Proof, Redundant, redundant, state_count
from enduse.domain.proof.prover import prove as prove_table
from enduse.domain.rules import Words
from enduse.domain.witness import deal_for, possible
from enduse.formats.answers import line_of
from enduse.formats.writing import deal_text
from enduse.stores.editions import CURRENT, load_edition
from enduse.words import say

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@click.command("prove", cls=Command, help=help_text("prove"))
@json_option
@click.option("--edition", default=CURRENT, metavar="NAME", help=help_text("edition"))
@lang_option
def prove(as_json: bool, edition: str) -> int:
    """Prove everything of one edition's table."""
    held = load_edition(edition)
    began = time.perf_counter()
    proofs = []
    for proof in prove_table(held.table):
        proofs.append(proof)
        if not as_json:
            _progress(proof, len(proofs))
    spare = [*redundant(held.table, "all"), *redundant(held.table.only("text"), "text")]
    seconds = time.perf_counter() - began
    (_as_json if as_json else _for_people)(held, proofs, spare, seconds)
    return Exit.yes if all(proof.holds for proof in proofs) else Exit.no


def _progress(proof: Proof, count: int) -> None:
    if sys.stderr.isatty() and not sys.stdout.isatty():
        sys.stderr.write(f"\r{count} {proof.id}\033[K")


def _as_json(edition: Edition, proofs: list[Proof], spare: list[Redundant], seconds: float) -> None:
    lang = language()
    held: dict[str, object] = {
        "proved": all(proof.holds for proof in proofs),
        "edition": edition.id,
        "table": edition.table.fingerprint,
        "facts": len(edition.table.chains),
        "rules": len(edition.table.rules),
        "states": state_count(edition.table),
        "seconds": round(seconds, 3),
        "properties": [
            {
                "property": proof.id,
                "table": proof.table,
                "clauses": list(proof.clauses),
                "text": proof.words.of(lang),
                "holds": proof.holds,
                "seconds": round(proof.seconds, 4),
                **({} if proof.fails_for is None else {"counterexample": _example(proof.fails_for, edition)}),
            }
            for proof in proofs
        ],
        "redundant": [{"rule": one.rule, "table": one.table, "covered_by": list(one.covered_by)} for one in spare],
        "lang": lang,
    }
    sys.stdout.write(line_of(held) + "\n")


def _example(facts: Mapping[str, str], edition: Edition) -> dict[str, object]:
    """The deal file for a counterexample, or its facts where no deal file has them."""
    return {"deal": deal_for(facts, edition, at=date(2026, 1, 1))} if facts and possible(facts) else {"facts": dict(facts)}


def _for_people(edition: Edition, proofs: list[Proof], spare: list[Redundant], seconds: float) -> None:
    from rich.table import Table
    from rich.text import Text

    from enduse.cli.terminal import console

    lang, out, table = language(), console(), edition.table
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    out.print(Text(say("prove.head", lang, edition=edition.id), style="bold"))
    counted = say("prove.states", lang, facts=len(table.chains), rules=len(table.rules), states=large(state_count(table), lang))
    out.print(Text(f"{counted} · {table.fingerprint}", style="dim"), soft_wrap=True)
    for name in ("all", "text"):
        out.print()
        out.print(Text(say(f"prove.{name}", lang), style="bold"))
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        for proof in _folded([one for one in proofs if one.table == name]):
            mark = Text("✓ " + say("prove.held", lang), style="green") if proof.holds else Text("✗ " + say("prove.failed", lang), style="bold red")
            grid.add_row(mark, Text(proof.words.of(lang)), Text(f"{proof.seconds * 1000:.0f} ms", style="dim", justify="right"))
        out.print(grid)
    for proof in (one for one in proofs if one.fails_for is not None):
        print_counterexample(proof.id, proof.fails_for or {}, edition)
    out.print()
    out.print(Text(say("prove.redundant" if spare else "prove.none_redundant", lang), style="bold"))
    for one in spare:
        out.print(f"  {one.rule} ({say(f'prove.{one.table}', lang)}): {say('prove.by', lang, rules=', '.join(one.covered_by))}")
    out.print()
    held = sum(proof.holds for proof in proofs)
    out.print(Text(say("prove.total", lang, held=held, count=len(proofs), seconds=f"{seconds:.2f}"), style="bold"))


def _folded(proofs: list[Proof]) -> list[Proof]:
    """The proofs, those of single indicators that hold as one line for all."""
    found: list[Proof] = []
    for level, ru, en in (("unknown", "без ответа", "not answered"), ("present", "есть и не объяснён", "present and unexplained")):
        alike = [proof for proof in proofs if proof.holds and proof.id.startswith("indicator-") and proof.id.endswith(f"-{level}")]
        if alike:
            words = Words(
                f"Возможный экспорт, где применимый признак {ru}, не отпускается: каждый из {len(alike)} признаков.",
                f"What may be an export and has an applicable indicator {en} is never released: each of {len(alike)} indicators.",
            )
            found.append(replace(alike[0], words=words, seconds=sum(proof.seconds for proof in alike)))
            proofs = [proof for proof in proofs if proof not in alike]
    return [*proofs, *found]


def large(number: int, lang: str) -> str:
    """A very large number to three figures: `3,54·10²⁷`, `3.54·10²⁷`."""
    if number < 10**6:
        return str(number)
    figures, power = f"{number:.2e}".split("e+")
    return f"{figures.replace('.', ',') if lang == 'ru' else figures}·10{str(int(power)).translate(_SUPERSCRIPT)}"


def print_counterexample(name: str, facts: Mapping[str, str], edition: Edition, at: date = date(2026, 1, 1)) -> None:
    """A counterexample as a deal file, which `enduse assess` takes; its facts where no deal file has them."""
    lang = language()
    if facts and possible(facts):
        click.echo(f"\n# {name}: {say('prove.counter', lang)}\n{deal_text(deal_for(facts, edition, at=at))}")
        return
    click.echo(f"\n# {name}: {say('prove.unreal', lang)}")
    for fact, level in facts.items():
        click.echo(f"#   {fact} = {level}")
