"""`enduse backup`: everything that the installation keeps, in one file or folder, consistent while it runs."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.ledger import Progress
from enduse.cli.terminal import clean
from enduse.formats.answers import line_of
from enduse.words import say

MEGABYTE = 1024 * 1024


@click.command("backup", cls=Command, help=help_text("backup"))
@click.argument("file", metavar="FILE.tar|FILE.tar.gz|FOLDER")
@json_option
@lang_option
def backup(file: str, as_json: bool) -> int:
    """Make a backup; a no where attachments that the database names are not there."""
    from enduse.config import start

    start.django()
    from django.conf import settings
    from django.db import connection

    from enduse import __version__
    from enduse.casework import clock
    from enduse.domain.ledger import stamp
    from enduse.stores.backups import back_up

    config, lang, progress = settings.CONFIG, language(), Progress("backup.progress")
    outside = {"keys/checkpoint.pem": config.checkpoint_key, "checkpoints": config.checkpoint_folder}
    made = back_up(
        Path(file),
        data=config.data,
        database=replace(config.database, name=str(connection.settings_dict["NAME"])),
        elsewhere={name: path for name, path in outside.items() if not path.absolute().is_relative_to(config.data.absolute())},
        version=__version__,
        made=stamp(clock.now()),
        progress=progress,
    )
    progress.end()
    manifest = made.manifest
    if as_json:
        told = {"file": str(made.file), "made": manifest.made, "enduse": manifest.enduse, "database": manifest.engine}
        held = {"records": manifest.records, "root": manifest.root, "files": len(manifest.files), "bytes": made.bytes}
        sys.stdout.write(line_of({**told, **held, "lacking": list(made.lacking), "lang": lang}) + "\n")
    else:
        counted = {"files": len(manifest.files), "size": f"{made.bytes / MEGABYTE:.1f}"}
        click.echo(clean_lines(say("backup.done", lang, file=made.file, records=manifest.records, root=manifest.root, **counted)))
    for digest in made.lacking:
        click.echo(clean(f"{say('error', lang)}: {say('backup.lacks', lang, digest=digest)}"), err=True)
    return Exit.no if made.lacking else Exit.yes


def clean_lines(text: str) -> str:
    """Text of several lines, each fit for a terminal."""
    return "\n".join(map(clean, text.split("\n")))
