"""`enduse register`: the transaction register of 5.3."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import click

from enduse.cli.asking import by_option
from enduse.cli.base import Command, Exit, Group, help_text, lang_option
from enduse.cli.language import language
from enduse.formats.problems import BadInput, Problem


@click.group("register", cls=Group, help=help_text("register"))
@lang_option
def register() -> None:
    """The register."""
    from enduse.config import start

    start.django()


@register.command("export", cls=Command, help=help_text("register.export"))
@click.option("--output", "-o", default="-", metavar="FILE", help=help_text("register.output"))
@by_option
@lang_option
def export(output: str, by: str) -> int:
    """The whole register as CSV or JSON lines, by the file's name; standard output is JSON lines."""
    from enduse.casework.deals.exchange import entries
    from enduse.casework.people.queries import actor_named
    from enduse.documents.register_tables import write_register
    from enduse.stores.data import write_whole

    suffix = Path(output).suffix.lower() if output != "-" else ".jsonl"
    if suffix not in (".csv", ".jsonl"):
        raise BadInput(Problem("register.suffix", values={"file": output}))
    found = entries(actor_named(by))
    if suffix == ".csv":
        stream = io.BytesIO()
        write_register(found, stream, language())
        write_whole(Path(output), stream.getvalue())
        return Exit.yes
    lines = (json.dumps(entry, ensure_ascii=False) + "\n" for entry in found)
    if output == "-":
        sys.stdout.writelines(lines)
        return Exit.yes
    write_whole(Path(output), "".join(lines).encode())
    return Exit.yes
