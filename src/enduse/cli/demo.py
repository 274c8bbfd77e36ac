"""`enduse demo`: made-up deals, one or more for each outcome, decided and shown."""

from __future__ import annotations

from importlib.resources import as_file, files

import click

from enduse.cli.assess import assess_all
from enduse.cli.base import Command, Exit, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.stores.editions import load_edition
from enduse.words import say


@click.command("demo", cls=Command, help=help_text("demo"))
@json_option
@lang_option
def demo(as_json: bool) -> int:
    """Decide the demonstration deals; done is a yes, whatever the deals' outcomes."""
    lang = language()
    if not as_json:
        click.echo(say("demo.head", lang) + "\n")
    with as_file(files("enduse.demonstration")) as folder:
        names = sorted(str(path) for path in folder.iterdir() if path.suffix == ".yaml")
        code = assess_all(names, load_edition(), as_json=as_json)
    if not as_json:
        click.echo("\n" + say("demo.next", lang))
    return Exit.yes if code in (Exit.yes, Exit.no) else code
