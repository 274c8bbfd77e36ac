"""`enduse assess`: decide deals from files, for people or for programs."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import click

from enduse.cli.base import Command, Exit, act_option, json_option, lang_option, worst
from enduse.cli.base import help_text as _help
from enduse.cli.language import language
from enduse.domain.clearing import Clearing, clear_by
from enduse.domain.deal import Deal
from enduse.domain.decision import Decision, decide
from enduse.domain.edition import Edition
from enduse.domain.wording import Wording
from enduse.formats.answers import answer, bad_answer, line_of
from enduse.formats.deal_file import read_deal
from enduse.formats.problems import BadInput, Problem
from enduse.stores.editions import CURRENT, accepted_act, load_edition
from enduse.stores.reading import Item, in_file, items
from enduse.words import say

if TYPE_CHECKING:
    from enduse.cli.terminal import Page

MOSCOW = timezone(timedelta(hours=3))  # no summer time since 2014; a bare machine may lack the zone's file
QUIET_SECONDS = 1.0


@click.command("assess", cls=Command, help=_help("assess"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@json_option
@click.option("--brief", is_flag=True, help=_help("brief"))
@act_option
@click.option("--edition", default=CURRENT, metavar="NAME", help=_help("edition"))
@lang_option
def assess(files: tuple[str, ...], as_json: bool, brief: bool, act: str | None, edition: str) -> int:
    """Decide every deal of every file; the worst exit code of all."""
    held = accepted_act(act, edition) if act else load_edition(edition)
    return assess_all(files, held, as_json=as_json, brief=brief)


def assess_all(files: Iterable[str], edition: Edition, *, as_json: bool, brief: bool = False) -> Exit:
    """Decide every deal of every file and write the answers; one that is bad never stops the others."""
    lang = language()
    wording = Wording(edition, lang)
    writer = _Json(wording) if as_json else _Human(wording, brief)
    progress = _Progress(lang)
    gc.collect()
    gc.freeze()  # the edition lives as long as we do: no need to look at it again and again
    code = Exit.yes
    for name in files:
        for item in items(name):
            code = worst(code, _one(item, name, edition, writer))
            progress.step()
    progress.end()
    writer.end()
    return code


def today() -> date:
    """The day in Moscow."""
    return datetime.now(UTC).astimezone(MOSCOW).date()


def _one(item: Item, name: str, edition: Edition, writer: _Json | _Human) -> Exit:
    try:
        if item.document is None:
            raise item.problem or BadInput()
        deal = read_deal(item.document, edition, file=name)
        decision = decide(deal, edition, at=deal.date or today())
        writer.decided(deal, decision, clear_by(deal, decision, edition))
    except BadInput as error:
        writer.bad(in_file(error, name), item.where)
        return Exit.bad
    except Exception as error:  # our own fault: said, never let through, and the others go on
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        why = f"{type(error).__name__}: {error}"
        writer.bad(BadInput(Problem("own.fault", values={"thing": item.where, "why": why}, file=item.where)), item.where)
        return Exit.fault
    return Exit.yes if decision.released else Exit.no


class _Json:
    """One line of JSON a deal."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording

    def decided(self, deal: Deal, decision: Decision, clearing: Clearing) -> None:
        sys.stdout.write(line_of(answer(decision, clearing, self.wording)) + "\n")

    def bad(self, error: BadInput, where: str) -> None:
        sys.stdout.write(line_of(bad_answer(error, where, self.wording.lang)) + "\n")

    def end(self) -> None:
        sys.stdout.flush()


class _Human:
    """Answers set in a terminal, and a count by outcome where there are several."""

    def __init__(self, wording: Wording, brief: bool) -> None:
        from enduse.cli.terminal import Page, console

        self.wording = wording
        self.lang = wording.lang
        self.show = brief
        self.page: Page = Page(wording, console())
        self.counts: Counter[str] = Counter()

    def decided(self, deal: Deal, decision: Decision, clearing: Clearing) -> None:
        self.counts[self.wording.outcome(decision.outcome)] += 1
        if self.show:
            self.page.brief(decision, deal.title)
        else:
            self.page.decision(decision, clearing, deal.title)

    def bad(self, error: BadInput, where: str) -> None:
        from enduse.cli.terminal import clean

        self.counts[say("assess.bad", self.lang)] += 1
        sys.stdout.flush()
        for problem in error.problems:
            click.echo(f"{say('error', self.lang)}: {clean(problem.where or where)}: {clean(problem.text(self.lang))}", err=True)

    def end(self) -> None:
        total = sum(self.counts.values())
        if total > 1:
            counted = " · ".join(f"{name}: {count}" for name, count in self.counts.most_common())
            self.page.out.print(f"{say('assess.total', self.lang, count=total)}   {counted}")


class _Progress:
    """How far it is, on standard error, where that is a terminal and the answers go elsewhere."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.shown = sys.stderr.isatty() and not sys.stdout.isatty()
        self.count = 0
        self.began = self.last = time.monotonic()

    def step(self) -> None:
        self.count += 1
        if self.shown and time.monotonic() - self.last > QUIET_SECONDS:
            self.last = time.monotonic()
            rate = round(self.count / (self.last - self.began))
            sys.stderr.write("\r" + say("assess.progress", self.lang, count=self.count, rate=rate) + "  ")
            sys.stderr.flush()

    def end(self) -> None:
        if self.shown and self.last > self.began:
            sys.stderr.write("\r\033[K")
