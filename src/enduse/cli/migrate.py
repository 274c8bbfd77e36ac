"""`enduse migrate`: the step to a newer version of the program."""

from __future__ import annotations

import json

import click

from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.words import say


@click.command("migrate", cls=Command, help=help_text("migrate"))
@json_option
@lang_option
def migrate(as_json: bool) -> int:
    """Bring the database up to this version, and its triggers with it."""
    from enduse.config import start

    start.django()
    from enduse.config import schema
    from enduse.domain.refusals import refuse

    if steps := schema.ahead():
        raise refuse("start.newer", steps=", ".join(steps))
    steps = schema.bring_up()
    words = say("migrate.done" if steps else "migrate.nothing", language(), steps=", ".join(steps))
    click.echo(json.dumps({"steps": steps}) if as_json else words)
    return Exit.yes
