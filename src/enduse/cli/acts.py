"""`enduse acts`: an organisation's own act held against the Declaration (1.7)."""

from __future__ import annotations

import sys
import time
from datetime import date

import click

from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.domain.edition import Edition
from enduse.domain.proof.prover import Milder, looser, milder, state_count
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
    """Say whether an act is only stricter, and show the deal that it would release otherwise."""
    base, held = load_edition(edition), load_act(file, edition)
    began = time.perf_counter()
    found = looser(base.table, held.table)
    softened = None if found else milder(base.table, held.table)
    seconds = time.perf_counter() - began
    (_as_json if as_json else _for_people)(base, held, found, softened, seconds)
    return Exit.yes if found is None else Exit.no


def _added(base: Edition, held: Edition) -> dict[str, int]:
    known = {rule.id for rule in base.table.rules}
    return {
        "rules": sum(rule.id not in known or bool(rule.source) for rule in held.table.rules),
        "indicators": len(held.indicators) - len(base.indicators),
        "checks": len(held.checks) - len(base.checks),
    }


def _as_json(base: Edition, held: Edition, found: Milder | None, softened: Milder | None, seconds: float) -> None:
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
        answer["released"] = _shown(found, held)
    if softened is not None:
        answer["milder"] = _shown(softened, held)
    sys.stdout.write(line_of(answer) + "\n")


def _shown(one: Milder, held: Edition) -> dict[str, object]:
    facts = {"deal": deal_for(one.facts, held, at=_day_of(one, held))} if possible(one.facts) else {"facts": dict(one.facts)}
    return {"base": one.base.name, "act": one.act.name, "from": None if one.day == date.min else one.day.isoformat(), **facts}


def _day_of(one: Milder, held: Edition) -> date:
    """A day for the deal shown: the first on which the act is milder; the edition's, where it always is."""
    return held.dated if one.day == date.min else one.day


def _for_people(base: Edition, held: Edition, found: Milder | None, softened: Milder | None, seconds: float) -> None:
    from enduse.cli.prove import large, print_counterexample
    from enduse.cli.terminal import clean

    assert held.act is not None
    lang, words, name = language(), Wording(held, language()), clean(held.act.act)
    if found is not None:
        click.echo(say("acts.looser", lang, act=name, base=words.outcome(found.base), now=words.outcome(found.act)))
        if found.day != date.min:
            click.echo(say("acts.day", lang, day=day(found.day, lang)))
        print_counterexample(name, found.facts, held, _day_of(found, held))
        return
    click.echo(say("acts.stricter", lang, act=name, states=large(state_count(held.table), lang), seconds=f"{seconds:.2f}"))
    click.echo(say("acts.adds", lang, **_added(base, held)))
    if softened is not None:
        click.echo(say("acts.milder", lang, base=words.outcome(softened.base), now=words.outcome(softened.act)))
