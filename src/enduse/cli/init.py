"""`enduse init`: a real start."""

from __future__ import annotations

import json
from typing import Any

import click

from enduse.cli.asking import answer, password_from, password_option
from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.words import say


@click.command("init", cls=Command, help=help_text("init"))
@click.option("--organisation", metavar="NAME", help=help_text("organisation"))
@click.option("--name", metavar="NAME", help=help_text("name"))
@click.option("--email", metavar="EMAIL", help=help_text("email"))
@password_option
@json_option
@lang_option
@click.pass_context
def init(context: click.Context, organisation: str | None, name: str | None, email: str | None, password_file: str | None, as_json: bool) -> int:
    """Begin: database, keys, first administrator, organisation. A second time says that it is begun."""
    from enduse.config import start

    start.django()
    from enduse.config import beginning, schema

    if schema.begun():
        steps = schema.pending()
        _tell(as_json, {"begun": False, "pending": steps}, say("init.behind" if steps else "init.begun_already", language()))
        return Exit.no
    name, email = answer(name, "name", context), answer(email, "email", context)
    password, made = password_from(password_file, ask=True)
    begun = beginning.begin(name=name, email=email, password=password, organisation=organisation or "")
    told: dict[str, Any] = {"begun": True, "administrator": email, **({"password": password} if made else {}), **begun}
    lines = [say("init.done", language(), email=email, **begun)]
    if made:
        lines.append(say("init.password", language(), password=password))
    _tell(as_json, told, "\n".join([*lines, "", say("init.next", language(), email=email)]))
    return Exit.yes


def _tell(as_json: bool, answered: dict[str, Any], words: str) -> None:
    click.echo(json.dumps(answered, ensure_ascii=False) if as_json else words)
