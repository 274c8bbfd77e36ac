"""What commands about people ask for: who does it, and a password from a file, from a terminal, or made up and shown once."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path
from typing import NoReturn

import click

from enduse.cli.base import F, help_text
from enduse.cli.language import language
from enduse.formats.problems import BadInput, Problem
from enduse.words import say

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
GROUPS, GROUP = 4, 5


def by_option(command: F) -> F:
    """`--by`, for every command that does something in somebody's name."""
    return click.option("--by", required=True, envvar="ENDUSE_BY", metavar="EMAIL", help=help_text("by"))(command)


def password_option(command: F) -> F:
    """`--password-file`."""
    return click.option("--password-file", metavar="FILE", help=help_text("password_file"))(command)


def password_from(file: str | None, *, ask: bool) -> tuple[str, bool]:
    """A password, and whether it was made up here: from the file's first line (`-`: standard input), else asked for on a terminal, else made up."""
    if file is not None:
        return _first_line(file), False
    if ask and sys.stdin.isatty():
        lang = language()
        return str(click.prompt(say("ask.password", lang), hide_input=True, confirmation_prompt=say("ask.again", lang), err=True)), False
    return made_up(), True


def made_up() -> str:
    """A password that nobody guesses and everybody can type."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def answer(given: str | None, option: str, context: click.Context) -> str:
    """What an option gives, else what a person says on a terminal. Raises MissingParameter where there is neither."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        _missing(option, context)
    return str(click.prompt(say(f"ask.{option}", language()), err=True))


def _missing(option: str, context: click.Context) -> NoReturn:
    found = next(param for param in context.command.params if param.name == option)
    raise click.MissingParameter(ctx=context, param=found)


def _first_line(file: str) -> str:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except FileNotFoundError as error:
        raise BadInput(Problem("file.absent", values={"file": file})) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(Problem("file.unreadable", values={"file": file, "why": getattr(error, "strerror", None) or "UTF-8"})) from error
    return text.split("\n")[0].rstrip("\r")
