"""`enduse ledger`: verify the tamper-evident log, sign a checkpoint, print the public key, show records, erase what one says."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enduse.cli.asking import by_option
from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.formats.answers import line_of
from enduse.words import say

if TYPE_CHECKING:
    from enduse.casework.ledger.verifying import Verified
    from enduse.domain.ledger import Checkpoint, Finding

QUIET_SECONDS = 1.0
MOST_OF_A_NOTE = 64 * 1024
MOST_TOLD = 20  # findings of one kind told to people; programs get a hundred


@click.group("ledger", cls=Group, help=help_text("ledger"))
@lang_option
def ledger() -> None:
    """The ledger."""


@ledger.command("verify", cls=Command, help=help_text("ledger.verify"))
@click.option("--checkpoint", "checkpoints", multiple=True, metavar="FILE", help=help_text("checkpoint"))
@click.option("--key", metavar="FILE|LINE", help=help_text("key"))
@json_option
@lang_option
def verify(checkpoints: tuple[str, ...], key: str | None, as_json: bool) -> int:
    """Verify everything; yes where nothing is wrong, no where anything is."""
    _ready()
    from enduse.casework.ledger import verifying

    outside = _outside(checkpoints, key)
    began, progress = time.monotonic(), Progress("ledger.progress")
    verified = verifying.verify(outside, progress=progress)
    progress.end()
    if as_json:
        sys.stdout.write(line_of(answer(verified, time.monotonic() - began, own_key=bool(checkpoints) and key is None)) + "\n")
    else:
        _tell(verified, own_key=bool(checkpoints) and key is None)
    return Exit.yes if verified.sound else Exit.no


@ledger.command("checkpoint", cls=Command, help=help_text("ledger.checkpoint"))
@click.option("--output", metavar="FILE", help=help_text("output"))
@click.option("--by", envvar="ENDUSE_BY", metavar="EMAIL", help=help_text("by_or_system"))
@json_option
@lang_option
def checkpoint(output: str | None, by: str | None, as_json: bool) -> int:
    """Sign the ledger as it stands, print the note, and give it out."""
    _ready()
    from enduse.casework.ledger.actions import checkpointing
    from enduse.casework.people.actor import SYSTEM
    from enduse.casework.people.queries import actor_named
    from enduse.stores.data import write_whole

    made = checkpointing.checkpoint(by=actor_named(by) if by else SYSTEM)
    if output:
        write_whole(Path(output), made.note.encode())
    lang = language()
    if as_json:
        point = {"size": made.checkpoint.size, "root": made.checkpoint.root.hex(), "at": made.checkpoint.at, "note": made.note}
        told = [{"code": problem.code, "text": problem.text(lang)} for problem in made.problems]
        given = {"file": made.file and str(made.file), "mailed": list(made.mailed), "problems": told, "lang": lang}
        sys.stdout.write(line_of({**point, **given}) + "\n")
        return Exit.no if made.problems else Exit.yes
    sys.stdout.write(made.note)
    sys.stdout.flush()
    if made.file:
        _aside(say("ledger.dropped", lang, file=made.file))
    if made.mailed:
        _aside(say("ledger.mailed", lang, to=", ".join(made.mailed)))
    for problem in made.problems:
        _aside(f"{say('error', lang)}: {problem.text(lang)}")
    return Exit.no if made.problems else Exit.yes


@ledger.command("key", cls=Command, help=help_text("ledger.key"))
@json_option
@lang_option
def key(as_json: bool) -> int:
    """Print the line that verifies checkpoints without us."""
    _ready()
    from enduse.casework.ledger.actions.checkpointing import signing_key

    public = signing_key().public
    sys.stdout.write((line_of({"key": public}) if as_json else public) + "\n")
    return Exit.yes


@ledger.command("show", cls=Command, help=help_text("ledger.show"))
@click.option("--about", default="", metavar="WHAT", help=help_text("about"))
@click.option("--kind", default="", metavar="KIND", help=help_text("kind"))
@click.option("--limit", type=click.IntRange(0), default=50, metavar="N", help=help_text("limit"))
@json_option
@lang_option
def show(about: str, kind: str, limit: int, as_json: bool) -> int:
    """List records, the latest last."""
    _ready()
    from enduse.casework.ledger import queries

    lang, none = language(), True
    for record in queries.records(about=_about(about), kind=kind, limit=limit or None):
        none = False
        body = queries.body_of(record)
        if as_json:
            held = {"index": record.index, "at": record.at, "kind": record.kind, "about": record.about, "by": record.by}
            sys.stdout.write(
                line_of({**held, "body_hash": record.body_hash, "salt": record.salt, "body": body, "erased": record.body is None}) + "\n"
            )
            continue
        said = say("ledger.body_gone", lang) if record.body is None else record.body
        click.echo(clean(f"{record.index}  {record.at}  {record.kind}  {record.about}  {record.by}  {said}"))
    if none and not as_json:
        _aside(say("ledger.nothing", lang))
    return Exit.yes


@ledger.command("erase", cls=Command, help=help_text("ledger.erase"))
@click.argument("index", type=click.IntRange(0), metavar="INDEX")
@click.option("--reason", required=True, metavar="TEXT", help=help_text("reason"))
@by_option
@json_option
@lang_option
def erase(index: int, reason: str, by: str, as_json: bool) -> int:
    """Erase what one record says."""
    _ready()
    from enduse.casework.ledger.actions import erasing
    from enduse.casework.people.queries import actor_named

    record = erasing.erase(index, by=actor_named(by), reason=reason)
    said = say("ledger.erased_now", language(), index=index, record=record)
    sys.stdout.write((line_of({"erased": index, "record": record}) if as_json else said) + "\n")
    return Exit.yes


class Progress:
    """How far it is, on standard error where that is a terminal; only of what takes longer than a moment."""

    def __init__(self, code: str) -> None:
        self.code, self.lang = code, language()
        self.shown, self.last, self.told = sys.stderr.isatty(), time.monotonic(), False

    def __call__(self, count: int) -> None:
        """So many are done."""
        if self.shown and time.monotonic() - self.last > QUIET_SECONDS:
            self.last, self.told = time.monotonic(), True
            sys.stderr.write("\r" + say(self.code, self.lang, count=count) + "  ")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line empty."""
        if self.told:
            sys.stderr.write("\r\033[K")


def answer(verified: Verified, seconds: float, *, own_key: bool) -> dict[str, Any]:
    """A verification for programs."""
    lang, found, proved = language(), verified.examination, verified.proved
    return {
        "verified": verified.sound,
        "records": found.records,
        "erased": found.erased,
        "first_at": found.first_at,
        "last_at": found.last_at,
        "root": found.root.hex(),
        "checkpoint": proved and {"size": proved.size, "root": proved.root.hex(), "at": proved.at},
        "own_key": own_key,
        "findings": [
            {"code": one.code, "record": None if one.index < 0 else one.index, "text": say(one.code, lang, **one.values)} for one in verified.findings
        ],
        "counts": dict(verified.counts),
        "unproved": [{"code": code, "text": say(code, lang)} for code in verified.unproved],
        "compared": verified.compared,
        "uncompared": verified.uncompared,
        "seconds": round(seconds, 3),
        "lang": lang,
    }


def _tell(verified: Verified, *, own_key: bool) -> None:
    """A verification for people."""
    lang, found, proved = language(), verified.examination, verified.proved
    total = sum(verified.counts.values())
    lines = [say("ledger.sound", lang) if verified.sound else say("ledger.tampered", lang, count=total)]
    counted = say("ledger.counted", lang, records=found.records, erased=found.erased)
    lines.append(f"{counted}; {say('ledger.dated', lang, first=found.first_at, last=found.last_at)}" if found.first_at else counted)
    lines.append(say("ledger.root_told", lang, root=found.root.hex()))
    lines.append(say("ledger.compared", lang, compared=verified.compared, uncompared=verified.uncompared))
    if proved is not None and verified.sound:
        lines.append(say("ledger.proved", lang, size=proved.size, at=proved.at))
    if own_key:
        lines.append(say("ledger.own_key", lang))
    lines += [f"✗ {line}" for line in findings_told(verified, lang)]
    lines += ["", say("ledger.unproved", lang) + ":", *(f"· {say(code, lang)}" for code in verified.unproved)]
    click.echo("\n".join(map(clean, lines)))


def findings_told(verified: Verified, lang: str) -> list[str]:
    """What was found, in words: of each kind the first, and how many more."""
    by_code: dict[str, list[Finding]] = {}
    for finding in verified.findings:
        by_code.setdefault(finding.code, []).append(finding)
    lines = []
    for code, found in by_code.items():
        for finding in found[:MOST_TOLD]:
            where = "" if finding.index < 0 else say("ledger.at_record", lang, index=finding.index) + ": "
            lines.append(where + say(code, lang, **finding.values))
        if (more := verified.counts[code] - min(len(found), MOST_TOLD)) > 0:
            lines.append(say("ledger.more", lang, count=more))
    return lines


def _outside(files: tuple[str, ...], key: str | None) -> list[Checkpoint]:
    """The checkpoints in files, each signed by the key that was given, else by the one held here. Raises BadInput."""
    if not files:
        return []
    from enduse.stores import keys

    if key is None:
        from enduse.casework.ledger.actions.checkpointing import signing_key

        public = signing_key().public
    else:
        public = _text(key) if os.path.isfile(key) else key  # noqa: PTH113 - a line may be no path at all
    return [keys.verify(_text(file), public, file=file) for file in files]


def _text(file: str) -> str:
    """The beginning of a file, whatever it holds: whether it is a checkpoint or a key is told where it is read."""
    from enduse.stores.reading import opened

    with opened(file) as stream:
        return stream.read(MOST_OF_A_NOTE).decode("utf-8", "replace")


def _about(text: str) -> str:
    """What records are about, as they say it: a deal is named by its reference here and by its number there."""
    word, _, rest = text.partition(":")
    if word != "deal" or not rest:
        return text
    from enduse.casework.deals.queries import deal_named
    from enduse.casework.people.actor import Actor

    auditor = Actor(None, "", roles=frozenset({"auditor"}))  # who runs commands on this machine can read everything anyway
    return f"deal:{deal_named(auditor, rest).pk}"


def _ready() -> None:
    from enduse.config import start

    start.django()


def _aside(words: str) -> None:
    click.echo(clean(words), err=True)
