"""`enduse replay`: decide again under what decisions recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import click

from enduse.cli.assess import accepted
from enduse.cli.base import Command, Exit, act_option, help_text, json_option, lang_option, worst
from enduse.cli.language import language
from enduse.domain.deal import Deal
from enduse.domain.decision import decide
from enduse.domain.edition import Edition
from enduse.domain.replay import Replayed, compare
from enduse.domain.rules import canonical
from enduse.formats.answers import bad_answer, line_of
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Problem, short
from enduse.stores.editions import editions_held, load_edition
from enduse.stores.reading import in_file, items, records
from enduse.words import say


@click.command("replay", cls=Command, help=help_text("replay"))
@click.argument("decisions", metavar="DECISIONS.jsonl")
@click.option("--deals", "deals", required=True, multiple=True, metavar="DEALS", help=help_text("deals"))
@act_option
@json_option
@lang_option
def replay(decisions: str, deals: tuple[str, ...], act: str | None, as_json: bool) -> int:
    """Hold every recorded decision against the deal decided again."""
    run = _Run(act, _documents(deals), as_json)
    for where, record, problem in records(decisions):
        run.one(where, record, problem, decisions)
    run.end()
    return run.code


def _documents(names: tuple[str, ...]) -> dict[str, list[tuple[str, Document]]]:
    """The deals of the files by their reference, unread; bad ones come up when a decision asks for them."""
    found: dict[str, list[tuple[str, Document]]] = {}
    for name in names:
        for item in items(name):
            if item.document is None:
                raise item.problem or BadInput()
            data = item.document.data
            reference = data.get("reference") if isinstance(data, dict) else None
            if isinstance(reference, str):
                found.setdefault(reference.strip(), []).append((name, item.document))
    return found


@dataclass
class _Run:
    """One replay: what it counts and how it tells."""

    act: str | None
    documents: Mapping[str, list[tuple[str, Document]]]
    as_json: bool
    code: Exit = Exit.yes
    same: int = 0
    differ: int = 0
    bad: int = 0

    def one(self, where: str, record: Mapping[str, object] | None, problem: BadInput | None, name: str) -> None:
        """Replay one line of the decisions."""
        lang = language()
        reference = short(record.get("reference")) if record else ""
        try:
            if record is None:
                raise problem or BadInput()
            if "error" in record and "outcome" not in record:
                raise BadInput(Problem("replay.line", values={"why": short(record["error"])}))
            edition, unlike = self._edition(record)
            if edition is None:
                self._told(reference, {"record": unlike}, lang)
                return
            deal = self._deal(reference, edition)
            recorded_for = _day(record)
            result = compare(record, decide(deal, edition, at=recorded_for))
        except BadInput as error:
            self.bad += 1
            self.code = worst(self.code, Exit.bad)
            self._bad(in_file(error, where), reference, lang)
            return
        self._compared(reference, result, lang)

    def _deal(self, reference: str, edition: Edition) -> Deal:
        held = self.documents.get(reference, [])
        if len(held) != 1:
            raise BadInput(Problem("replay.two_deals" if held else "replay.no_deal", values={"reference": reference}))
        name, document = held[0]
        return read_deal(document, edition, file=name)

    def _edition(self, record: Mapping[str, object]) -> tuple[Edition | None, str]:
        """The edition (with the act) that the record names, or why it cannot be had."""
        lang, name = language(), str(record.get("edition"))
        if name not in editions_held():
            return None, say("replay.edition", lang, recorded=name)
        held = accepted(self.act, name) if self.act else load_edition(name)
        act = record.get("act")
        recorded = act.get("fingerprint") if isinstance(act, Mapping) else act
        mine = held.act.fingerprint if held.act else None
        if recorded != mine:
            none = say("replay.none", lang)
            return None, say("replay.act", lang, recorded=recorded or none, held=mine or none)
        if record.get("table") != held.table.fingerprint:
            return None, say("replay.table", lang, recorded=record.get("table"), held=held.table.fingerprint)
        return held, ""

    def _compared(self, reference: str, result: Replayed, lang: str) -> None:
        if not result.same:
            told = {part: {"recorded": then, "now": now} for part, (then, now) in result.differs.items()}
            self._told(reference, told, lang)
            return
        self.same += 1
        notes = list(_notes(result, lang))
        if self.as_json:
            _write({"reference": reference, "same": True, **({"notes": notes} if notes else {})})
        else:
            click.echo(say("replay.same", lang, reference=reference) + "".join(f" ({note})" for note in notes))

    def _told(self, reference: str, differs: Mapping[str, object], lang: str) -> None:
        self.differ += 1
        self.code = worst(self.code, Exit.no)
        if self.as_json:
            _write({"reference": reference, "same": False, "differs": differs})
            return
        click.echo(say("replay.differs", lang, reference=reference))
        for part, values in differs.items():
            if isinstance(values, Mapping):
                then, now = (canonical(values[key]) for key in ("recorded", "now"))
                click.echo("  " + say("replay.part", lang, part=part, recorded=then, now=now))
            else:
                click.echo(f"  {values}")

    def _bad(self, error: BadInput, reference: str, lang: str) -> None:
        if self.as_json:
            error.reference = reference or None
            _write(bad_answer(error, "", lang))
            return
        for problem in error.problems:
            click.echo(f"{say('error', lang)}: {problem.where}: {problem.text(lang)}", err=True)

    def end(self) -> None:
        """The totals, for people."""
        if not self.as_json:
            count = self.same + self.differ + self.bad
            click.echo(say("replay.total", language(), count=count, same=self.same, differ=self.differ, bad=self.bad))


def _day(record: Mapping[str, object]) -> date:
    try:
        return date.fromisoformat(str(record.get("at")))
    except ValueError as error:
        raise BadInput(Problem("value.day", ("at",), values={"value": short(record.get("at"))})) from error


def _notes(result: Replayed, lang: str) -> Iterator[str]:
    if result.engine is not None:
        from enduse.domain.decision import ENGINE

        yield say("replay.engine", lang, recorded=result.engine, now=ENGINE)
    elif not result.same_content:
        yield say("replay.content", lang)


def _write(held: dict[str, object]) -> None:
    sys.stdout.write(line_of(held) + "\n")
