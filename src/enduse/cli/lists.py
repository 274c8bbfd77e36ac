"""`enduse lists`: which lists are held, of which day; taking one in from the publisher's files."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.words import say

if TYPE_CHECKING:
    from enduse.sources.source import Skipped
    from enduse.stores.lists import Snapshot

MOST_MEGABYTES = 512  # of one file: the largest published list is a fifth of that
MOST_TOLD = 20  # things not taken over that are told to people; programs get all


@click.group("lists", cls=Group, invoke_without_command=True, help=help_text("lists"))
@json_option
@lang_option
@click.pass_context
def lists(context: click.Context, as_json: bool) -> int:
    """What is held, where no subcommand is given."""
    if context.invoked_subcommand is not None:
        return Exit.yes
    from enduse.stores.data import data_folder
    from enduse.stores.lists import held

    found = held(data_folder())
    for snapshot in found:
        click.echo(json.dumps(told(snapshot), ensure_ascii=False) if as_json else clean(_line(snapshot)))
    if not found and not as_json:
        click.echo(say("lists.none", language()))
    return Exit.yes


@lists.command("import", cls=Command, help=help_text("lists.import"))
@click.argument("source", metavar="SOURCE")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--smaller", is_flag=True, help=help_text("lists.smaller"))
@json_option
@lang_option
def import_list(source: str, files: tuple[str, ...], smaller: bool, as_json: bool) -> int:
    """Take a list in from its publisher's files; say what of it was not taken over and why."""
    from enduse.sources.registry import source_named
    from enduse.sources.source import File
    from enduse.stores.data import data_folder
    from enduse.stores.lists import keep

    wanted = source_named(source)
    found = [File(Path(name).name, _bytes(name)) for name in files]
    snapshot, read = keep(wanted, found, at=datetime.now(UTC), data=data_folder(), smaller=smaller)
    if as_json:
        skipped = [{"place": one.place, "code": one.code, "text": _why(one), "whole": one.whole} for one in read.skipped]
        click.echo(json.dumps({**told(snapshot), "not_taken_over": skipped}, ensure_ascii=False))
        return Exit.yes
    click.echo(clean(_line(snapshot)))
    for one in read.skipped[:MOST_TOLD]:
        click.echo(clean(f"  {one.place}: {_why(one)}"), err=True)
    if len(read.skipped) > MOST_TOLD:
        click.echo(clean("  " + say("lists.more", language(), count=len(read.skipped) - MOST_TOLD)), err=True)
    if wanted.tried_on != "real":
        click.echo(clean(say("lists.sample", language(), list=source)), err=True)
    return Exit.yes


def told(snapshot: Snapshot) -> dict[str, Any]:
    """A held list as programs read it: the fields of `enduse lists --json`."""
    return {
        "list": snapshot.source,
        "publisher": snapshot.publisher,
        "day": snapshot.day.isoformat(),
        "published": snapshot.published and snapshot.published.isoformat(),
        "taken": snapshot.taken.isoformat(),
        "digest": snapshot.digest,
        "files": [{"name": name, "digest": digest, "bytes": size} for name, digest, size in snapshot.files],
        "counted": snapshot.counted,
        "entries": snapshot.entries,
        "skipped": dict(snapshot.skipped),
        "age_days": (date.today() - snapshot.day).days,
    }


def _line(snapshot: Snapshot) -> str:
    """A held list in a line: which, of which day, how many entries, how much was not taken over."""
    parts = sum(count for _, count in snapshot.skipped)
    code = "lists.line" if snapshot.published else "lists.line_undated"
    return say(code, language(), list=snapshot.source, day=snapshot.day.isoformat(), entries=snapshot.entries, parts=parts)


def _why(one: Skipped) -> str:
    from enduse.formats.problems import Problem

    return Problem(one.code, values=one.values).text(language())


def _bytes(name: str) -> bytes:
    """A file whole. Raises BadInput where it cannot be read or is larger than any list."""
    from enduse.formats.problems import BadInput, Problem
    from enduse.stores.reading import opened

    with opened(name) as stream:
        data = stream.read(MOST_MEGABYTES * 1024 * 1024 + 1)
    if len(data) > MOST_MEGABYTES * 1024 * 1024:
        raise BadInput(Problem("list.large", values={"megabytes": MOST_MEGABYTES}, file=name))
    return data
