"""The command `enduse`: finds the command, speaks the language of the run, and never lets a traceback out."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from typing import ClassVar

import click

from enduse import __version__
from enduse.cli.base import Exit, Group, help_text, lang_option, usage_error
from enduse.cli.language import language, speaking
from enduse.domain.refusals import Refusal, Refused
from enduse.formats.problems import BadInput
from enduse.words import say

BAD_QUESTIONS = frozenset(  # refusals of a value that cannot be, or of somebody who is not there
    f"people.{word}" for word in ("nobody", "no_account", "role", "unnamed", "unknown", "email", "password")
) | {"settings.name", "settings.days", "settings.value", "deal.reason"}


class Enduse(Group):
    """The commands, imported when called."""

    lazy: ClassVar[dict[str, str]] = {
        "assess": "enduse.cli.assess",
        "prove": "enduse.cli.prove",
        "replay": "enduse.cli.replay",
        "acts": "enduse.cli.acts",
        "declaration": "enduse.cli.declaration",
        "demo": "enduse.cli.demo",
        "init": "enduse.cli.init",
        "migrate": "enduse.cli.migrate",
        "users": "enduse.cli.users",
        "deals": "enduse.cli.deals",
        "lists": "enduse.cli.lists",
        "screen": "enduse.cli.screen",
        "register": "enduse.cli.register",
        "serve": "enduse.cli.serve",
        "work": "enduse.cli.work",
        "ledger": "enduse.cli.ledger",
        "backup": "enduse.cli.backup",
        "restore": "enduse.cli.restore",
    }


@click.group("enduse", cls=Enduse, help=help_text("enduse"), context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110})
@click.version_option(__version__, message="enduse %(version)s", help=help_text("version"))
@lang_option
def enduse() -> None:
    """EndUse."""


def main() -> None:
    """Run the command line; ends the process with one of the published exit codes."""
    with contextlib.suppress(AttributeError, ValueError):  # a reader that goes away (`| head`) ends us quietly
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of the command that `arguments` name."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    with speaking(arguments):
        return _run(arguments)


def _run(arguments: list[str]) -> int:
    try:
        code = enduse.main(arguments, prog_name="enduse", standalone_mode=False)
        return int(code) if isinstance(code, int) else Exit.yes
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        _complain(usage_error(error))
        return Exit.bad
    except BadInput as error:
        for problem in error.problems:
            _complain(f"{problem.where}: {problem.text(language())}" if problem.where else problem.text(language()))
        return Exit.bad
    except Refused as refused:
        for refusal in refused.refusals:
            _complain(refusal.text(language()))
        return Exit.bad if all(map(asks_badly, refused.refusals)) else Exit.no
    except (KeyboardInterrupt, click.Abort):
        return 130
    except Exception as error:
        if os.environ.get("ENDUSE_TRACEBACK"):
            raise
        if (told := database_trouble(error)) is not None:
            _complain(told[0])
            return told[1]
        _complain(say("own.fault", language(), thing="enduse " + " ".join(arguments), why=f"{type(error).__name__}: {error}"))
        return Exit.fault


def asks_badly(refusal: Refusal) -> bool:
    """Whether the question was bad, rather than the answer a no: something that is not there, or a value that cannot be."""
    return refusal.code in BAD_QUESTIONS or refusal.code.endswith(".absent")


def database_trouble(error: Exception) -> tuple[str, Exit] | None:
    """What to say of an error of the database, and the exit code; None for any other. Told by its names: Django is not imported here."""
    kinds = {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}
    if not kinds & {"django.db.utils.OperationalError", "django.db.utils.InterfaceError", "django.db.utils.ProgrammingError"}:
        return None
    why = " ".join(str(error).split())
    if re.search(r"no such (table|column)|relation .* does not exist|column .* does not exist", why):
        return say("database.empty", language()), Exit.bad
    return None if "django.db.utils.ProgrammingError" in kinds else (say("database.away", language(), why=why), Exit.fault)


def _complain(words: str) -> None:
    from enduse.cli.terminal import clean

    click.echo(f"{say('error', language())}: {clean(words)}", err=True)


if __name__ == "__main__":
    main()
