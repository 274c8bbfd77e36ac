"""What all commands share: exit codes, options, help and usage errors in both languages."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from enum import IntEnum
from typing import Any, ClassVar, TypeVar

import click

from enduse.cli.language import language
from enduse.formats.problems import nearest, short
from enduse.words import say

F = TypeVar("F", bound=Callable[..., Any])


class Exit(IntEnum):
    """The exit codes of every command, published and fixed."""

    yes = 0
    fault = 1
    bad = 2
    no = 3


def worst(*codes: Exit) -> Exit:
    """Of several inputs the worst: our own fault, then a bad question, then a no, then a yes."""
    for code in (Exit.fault, Exit.bad, Exit.no):
        if code in codes:
            return code
    return Exit.yes


def help_text(code: str) -> str:
    """Help in the language of this run."""
    return say(f"help.{code}", language())


class Command(click.Command):
    """A command whose help speaks the language of the run."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=say("help.usage", language()) + " ")
        self.format_help_text(ctx, formatter)
        self.format_options(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [record for param in self.get_params(ctx) if (record := param.get_help_record(ctx)) is not None]
        with formatter.section(help_text("options")):
            formatter.write_dl(rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = help_text("help")
        return option


class Group(Command, click.Group):
    """A group that imports a command's module only when it is called: each starts as fast as it can."""

    lazy: ClassVar[dict[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self.commands, *self.lazy]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in self.lazy:
            command: click.Command = getattr(importlib.import_module(self.lazy[cmd_name]), cmd_name)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        Command.format_options(self, ctx, formatter)
        with formatter.section(help_text("commands")):
            formatter.write_dl(
                [(name, (self.get_command(ctx, name) or click.Command(name)).get_short_help_str(200)) for name in self.list_commands(ctx)]
            )


def lang_option(command: F) -> F:
    """`--lang`, for every command; its value is read by `language`."""
    return click.option("--lang", type=click.Choice(["ru", "en"]), expose_value=False, help=help_text("lang"))(command)


def json_option(command: F) -> F:
    """`--json`, for every command that answers something."""
    return click.option("--json", "as_json", is_flag=True, help=help_text("json"))(command)


def act_option(command: F) -> F:
    """`--act FILE`."""
    return click.option("--act", "act", metavar="FILE", help=help_text("act"))(command)


def usage_error(error: click.ClickException) -> str:
    """A mistake in the command's words, told in the language of the run with what would be right."""
    lang = language()
    context: click.Context | None = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "enduse"
    group = context.command if context is not None and isinstance(context.command, click.Group) else None
    if isinstance(error, click.NoSuchOption):
        known = [name for param in context.command.params for name in param.opts] if context is not None else []
        return _no_option(error.option_name, nearest(error.option_name, known), command)
    if isinstance(error, click.BadOptionUsage):
        if "does not take a value" in error.message:
            return _no_option(f"{error.option_name}=", error.option_name, command)
        return say("usage.missing", lang, name=error.option_name, command=command)
    if isinstance(error, click.MissingParameter) and error.param is not None and context is not None:
        name = error.param.make_metavar(context).removesuffix("...")
        return say("usage.missing", lang, name=f"{error.param.opts[0]} {name}" if isinstance(error.param, click.Option) else name, command=command)
    if isinstance(error, click.BadParameter) and error.param is not None and isinstance(error.param.type, click.Choice):
        given = re.match(r"'(.*)' is not one of", error.message, re.DOTALL)
        expected = ", ".join(map(str, error.param.type.choices))
        return say("usage.value", lang, value=short(given[1]) if given else "", name=error.param.opts[0], expected=expected)
    if named := re.match(r"No such command '(.*)'", error.message, re.DOTALL):
        near = nearest(named[1], group.list_commands(context)) if group is not None and context is not None else ""
        return say("usage.command", lang, name=short(named[1]), hint=say("key.hint", lang, near=near) if near else "")
    if extra := re.match(r"Got unexpected extra arguments? \((.*)\)", error.message, re.DOTALL):
        return say("usage.extra", lang, name=short(extra[1]), command=command)
    if group is not None and context is not None:
        return say("usage.subcommand", lang, expected=", ".join(group.list_commands(context)))
    return say("usage.other", lang, why=error.format_message().rstrip("."), command=command)


def _no_option(name: str, near: str, command: str) -> str:
    lang = language()
    return say("usage.option", lang, name=short(name), command=command, hint=say("key.hint", lang, near=near) if near else "")
