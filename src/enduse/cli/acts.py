"""`enduse acts`: an organisation's own act held against the Declaration (1.7)."""

from __future__ import annotations

import sys
import time

import click

from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.domain.edition import Edition
from enduse.domain.proof.prover import Milder, looser, state_count
from enduse.domain.witness import deal_for, possible
from enduse.domain.wording import Wording, day
from enduse.formats.answers import line_of
from enduse.stores.editions import CURRENT, load_act, load_edition
from enduse.words import say


@click.group("acts", cls=Group, help=help_text("acts"))
@lang_option
def acts() -> None:
    """Acts of an organisation."""


@acts.command("check", cls=Command, help=help_text("acts.check"))
@click.argument("file", metavar="FILE")
@json_option
@click.option("--edition", default=CURRENT, metavar="NAME", help=help_text("edition"))
@lang_option
def check(file: str, as_json: bool, edition: str) -> int:
    """Say whether an act is only stricter, and show a deal that it would release or decide more mildly otherwise."""
    base, held = load_edition(edition), load_act(file, edition)
    began = time.perf_counter()
    found = looser(base.table, held.table)
    seconds = time.perf_counter() - began
    (_as_json if as_json else _for_people)(base, held, found, seconds)
    return Exit.yes if found is None else Exit.no


def _added(base: Edition, held: Edition) -> dict[str, int]:
    known = {rule.id for rule in base.table.rules}
    return {
        "rules": sum(rule.id not in known or bool(rule.source) for rule in held.table.rules),
        "indicators": len(held.indicators) - len(base.indicators),
        "checks": len(held.checks) - len(base.checks),
    }


def _as_json(base: Edition, held: Edition, found: Milder | None, seconds: float) -> None:
    assert held.act is not None
    answer: dict[str, object] = {
        "act": held.act.act,
        "fingerprint": held.act.fingerprint,
        "accepted": found is None,
        "edition": base.id,
        "table": base.table.fingerprint,
        "states": state_count(held.table),
        "seconds": round(seconds, 3),
        "adds": _added(base, held),
    }
    if found is not None:
        answer["released" if found.act.releases and not found.base.releases else "milder"] = _shown(found, held)
    sys.stdout.write(line_of(answer) + "\n")


def _shown(one: Milder, held: Edition) -> dict[str, object]:
    facts = {"deal": deal_for(one.facts, held, at=one.day or held.dated)} if possible(one.facts) else {"facts": dict(one.facts)}
    span = {"from": one.since.isoformat() if one.since else None, "until": one.until.isoformat() if one.until else None}
    return {"base": one.base.name, "act": one.act.name, **span, **facts}


def _for_people(base: Edition, held: Edition, found: Milder | None, seconds: float) -> None:
    from enduse.cli.prove import large, print_counterexample
    from enduse.cli.terminal import clean

    assert held.act is not None
    lang, words, name = language(), Wording(held, language()), clean(held.act.act)
    if found is None:
        click.echo(say("acts.stricter", lang, act=name, states=large(state_count(held.table), lang), seconds=f"{seconds:.2f}"))
        click.echo(say("acts.adds", lang, **_added(base, held)))
        return
    click.echo(say("acts.looser", lang, act=name, base=words.outcome(found.base), now=words.outcome(found.act)))
    if found.since:
        click.echo(say("acts.since", lang, day=day(found.since, lang)))
    if found.until:
        click.echo(say("acts.until", lang, day=day(found.until, lang)))
    print_counterexample(name, found.facts, held, found.day or held.dated)
