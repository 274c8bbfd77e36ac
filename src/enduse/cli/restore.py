"""`enduse restore`: an installation from a backup, checked before anything is touched and verified after."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enduse.cli.backup import clean_lines
from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.ledger import Progress
from enduse.formats.answers import line_of
from enduse.words import say

if TYPE_CHECKING:
    from enduse.config.environment import Config
    from enduse.stores.restoring import Restored


@click.command("restore", cls=Command, help=help_text("restore"))
@click.argument("file", metavar="FILE|FOLDER")
@click.option("--into", metavar="FOLDER", help=help_text("into"))
@click.option("--replace", "over", is_flag=True, help=help_text("replace"))
@json_option
@lang_option
def restore(file: str, into: str | None, over: bool, as_json: bool) -> int:
    """Restore a backup; a no where what came of it is not what the backup says."""
    from datetime import UTC, datetime

    from enduse import __version__
    from enduse.config.environment import read_config
    from enduse.stores import restoring

    if into:
        os.environ["ENDUSE_DATA"] = str(Path(into).absolute())
        if read_config().database.engine == "sqlite":
            for name in ("DATABASE_URL", "DATABASE_URL_FILE"):
                os.environ.pop(name, None)  # a folder of its own has its database within
    config, progress = read_config(), Progress("backup.progress")  # Django is not started before there is something to start on
    restored = restoring.restore(
        Path(file).absolute(),
        folder=config.data.absolute(),
        database=replace(config.database, name=str(Path(config.database.name).absolute())) if config.database.engine == "sqlite" else config.database,
        version=__version__,
        stamp=datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ"),
        over=over,
        progress=progress,
    )
    progress.end()
    found = _examined(restored, config)
    if as_json:
        manifest = restored.manifest
        told = {"folder": str(restored.folder), "made": manifest.made, "database": manifest.engine, "files": len(manifest.files)}
        problems = [{"code": code, "text": say(code, language(), **values)} for code, values in found]
        ledger = {"records": manifest.records, "root": manifest.root, "aside": list(restored.aside)}
        sys.stdout.write(line_of({**told, **ledger, "problems": problems, "lang": language()}) + "\n")
    else:
        _tell(restored, found)
    return Exit.yes if all(code in ("restore.behind", "restore.key_elsewhere") for code, _ in found) else Exit.no


def _examined(restored: Restored, config: Config) -> list[tuple[str, dict[str, Any]]]:
    """What does not agree with the backup, or is yet to be done: codes with the values of their words."""
    from enduse.config import start

    start.django()
    from enduse.casework import guarding
    from enduse.casework.ledger import verifying
    from enduse.config import schema

    found: list[tuple[str, dict[str, Any]]] = []
    if not config.checkpoint_key.exists() and (restored.folder / "keys" / "checkpoint.pem").exists():
        found.append(("restore.key_elsewhere", {"file": restored.folder / "keys" / "checkpoint.pem"}))
    if schema.pending():
        return [*found, ("restore.behind", {})]
    if lacking := guarding.missing():
        guarding.install()
        found.append(("restore.guards", {"triggers": ", ".join(lacking)}))
    verified = verifying.verify()
    size, root = verified.examination.records, verified.examination.root.hex()
    if (size, root) != (restored.manifest.records, restored.manifest.root):
        found.append(("restore.other_ledger", {"size": size, "root": root}))
    if not verified.sound:
        found.append(("ledger.tampered", {"count": sum(verified.counts.values())}))
    return found


def _tell(restored: Restored, found: list[tuple[str, dict[str, Any]]]) -> None:
    lang, manifest = language(), restored.manifest
    lines = [say("restore.done", lang, made=manifest.made, files=len(manifest.files), records=manifest.records, folder=restored.folder)]
    lines += [say("restore.aside", lang, aside=aside) for aside in restored.aside]
    lines += [say(code, lang, **values) for code, values in found] or [say("restore.sound", lang)]
    click.echo(clean_lines("\n".join(lines)))
