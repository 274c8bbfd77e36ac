"""`enduse demo`: the workbench with made-up deals, started; with `--decide`, only the deal files, decided in the terminal."""

from __future__ import annotations

import json
import os
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enduse.cli.assess import assess_all
from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.demonstration import LISTS
from enduse.stores.editions import load_edition
from enduse.words import say

if TYPE_CHECKING:
    from enduse.config.demonstration import Demonstration

FOLDER = ".demo"
NOT_FOR_SHOW = ("DATABASE_URL", "ENDUSE_SECURE", "ENDUSE_ACT", "ENDUSE_MAIL_URL", "ENDUSE_CHECKPOINT_KEY", "ENDUSE_CHECKPOINT_FOLDER",
                "ENDUSE_LIST_DAYS", "ENDUSE_LIST_UPDATE")  # fmt: skip


@click.command("demo", cls=Command, help=help_text("demo"))
@click.option("--decide", is_flag=True, help=help_text("decide"))
@json_option
@lang_option
def demo(decide: bool, as_json: bool) -> int:
    """Start the workbench for show, or decide its deal files; done is a yes, whatever the deals' outcomes."""
    return _decide(as_json) if decide else _start(as_json)


def _decide(as_json: bool) -> int:
    lang = language()
    if not as_json:
        click.echo(say("demo.head", lang) + "\n")
    with as_file(files("enduse.demonstration")) as folder:
        names = sorted(str(path) for path in folder.iterdir() if path.suffix == ".yaml")
        code = assess_all(names, load_edition(), as_json=as_json)
    if not as_json:
        click.echo("\n" + say("demo.next", lang))
    return Exit.yes if code in (Exit.yes, Exit.no) else code


def _start(as_json: bool) -> int:
    _own_environment()
    from enduse.config import start

    start.django()
    from django.conf import settings

    from enduse.config import demonstration, logs, serving, working

    config = settings.CONFIG
    serving.refuse_taken(config.address, config.port)
    show = demonstration.ready(lambda: click.echo(say("demo.filling", language()), err=True))
    serving.refuse_unready()
    logs.set_up(config.log_format, level=logs.WARNING)
    from enduse.config.wsgi import application

    address = f"http://{'localhost' if config.address in ('127.0.0.1', '0.0.0.0', '::1') else config.address}:{config.port}"
    how = serving.Serving(config.address, config.port, serving.workers_for(config), ready=lambda: _tell(show, address, str(config.data), as_json))
    with working.beside(config.sweep_seconds):
        code = serving.serve(application, how)
    click.echo(say("demo.stopped", language()), err=True)
    return Exit.fault if code else Exit.yes


def _own_environment() -> None:
    """The demonstration keeps to a folder of its own, whatever a real installation on this machine is set to."""
    for name in NOT_FOR_SHOW:
        os.environ.pop(name, None)
        os.environ.pop(f"{name}_FILE", None)
    os.environ["ENDUSE_LISTS"] = " ".join(LISTS)
    os.environ.setdefault("ENDUSE_DATA", str(Path(FOLDER).absolute()))
    os.environ.setdefault("ENDUSE_LOG", "text")


def _tell(show: Demonstration, address: str, data: str, as_json: bool) -> None:
    lang = language()
    if as_json:
        accounts = [{"role": role, "email": email, "name": name} for role, email, name in show.accounts]
        click.echo(json.dumps({"address": address, "password": show.password, "accounts": accounts, "data": data}, ensure_ascii=False))
        return
    width = max(len(email) for _, email, _ in show.accounts)
    rows = [f"  {email:<{width}}  {say(f'role.{role}', lang)}, {name}" for role, email, name in show.accounts]
    head = [say("demo.ready", lang, address=address), "", say("demo.accounts", lang, password=show.password), *rows]
    click.echo("\n".join(["", *head, "", say("demo.stop", lang, data=data)]))
