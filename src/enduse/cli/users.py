"""`enduse users`: who is known here, accounts and roles."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from enduse.cli.asking import by_option, password_from, password_option
from enduse.cli.base import Command, Exit, Group, help_text, json_option, lang_option
from enduse.cli.language import language
from enduse.cli.terminal import clean
from enduse.words import say

if TYPE_CHECKING:
    from enduse.casework.people.actor import Actor


@click.group("users", cls=Group, invoke_without_command=True, help=help_text("users"))
@json_option
@lang_option
@click.pass_context
def users(context: click.Context, as_json: bool) -> int:
    """List everybody where no subcommand is given."""
    if context.invoked_subcommand is not None:
        return Exit.yes
    _ready()
    from enduse.casework.people.directory import everybody

    for known in everybody():
        if as_json:
            accounts = [{"email": email, "active": active} for email, active in known.accounts]
            click.echo(json.dumps({**asdict(known), "accounts": accounts}, ensure_ascii=False))
            continue
        roles = ", ".join(say(f"role.{role}", language()) for role in known.roles) or say("users.no_roles", language())
        accounts_told = [email if active else say("users.off", language(), email=email) for email, active in known.accounts]
        parts = [known.name, known.email or known.personnel_number or "", roles, *accounts_told]
        click.echo(clean(" · ".join(parts + ([say("users.left", language())] if known.left else []))))
    return Exit.yes


@users.command("add", cls=Command, help=help_text("users.add"))
@click.option("--name", required=True, metavar="NAME", help=help_text("name"))
@click.option("--email", default="", metavar="EMAIL", help=help_text("email"))
@click.option("--personnel-number", default="", metavar="NUMBER", help=help_text("personnel_number"))
@click.option("--role", "roles", multiple=True, metavar="ROLE", help=help_text("role"))
@password_option
@by_option
@json_option
@lang_option
def add(name: str, email: str, personnel_number: str, roles: tuple[str, ...], password_file: str | None, by: str, as_json: bool) -> int:
    """Somebody new; with an e-mail they can sign in."""
    _ready()
    from enduse.casework.people.actions.persons import add_person

    password, made = password_from(password_file, ask=False) if email.strip() else ("", False)
    person = add_person(by=_actor(by), name=name, email=email, personnel_number=personnel_number, roles=roles, password=password)
    if as_json:
        click.echo(json.dumps({"person": person.pk, "email": person.email, **({"password": password} if made else {})}, ensure_ascii=False))
        return Exit.yes
    click.echo(clean(say("users.added", language(), who=person.signature)))
    if made:
        click.echo(say("users.password", language(), password=password))
    return Exit.yes


@users.command("grant", cls=Command, help=help_text("users.grant"))
@click.argument("who", metavar="WHO")
@click.argument("role", metavar="ROLE")
@by_option
@lang_option
def grant(who: str, role: str, by: str) -> int:
    """Give a role."""
    _ready()
    from enduse.casework.people.actions import persons

    persons.grant(_person(who), by=_actor(by), role=role)
    click.echo(clean(say("users.granted", language(), who=who, role=role)))
    return Exit.yes


@users.command("revoke", cls=Command, help=help_text("users.revoke"))
@click.argument("who", metavar="WHO")
@click.argument("role", metavar="ROLE")
@by_option
@lang_option
def revoke(who: str, role: str, by: str) -> int:
    """Take a role."""
    _ready()
    from enduse.casework.people.actions import persons

    persons.revoke(_person(who), by=_actor(by), role=role)
    click.echo(clean(say("users.revoked", language(), who=who, role=role)))
    return Exit.yes


@users.command("switch-off", cls=Command, help=help_text("users.switch_off"))
@click.argument("email", metavar="EMAIL")
@by_option
@lang_option
def switch_off(email: str, by: str) -> int:
    """Let an account sign in no more."""
    return _switch(email, by, active=False)


@users.command("switch-on", cls=Command, help=help_text("users.switch_on"))
@click.argument("email", metavar="EMAIL")
@by_option
@lang_option
def switch_on(email: str, by: str) -> int:
    """Let an account sign in again."""
    return _switch(email, by, active=True)


@users.command("return", cls=Command, help=help_text("users.return"))
@click.argument("who", metavar="WHO")
@click.option("--role", "roles", multiple=True, metavar="ROLE", help=help_text("role"))
@click.option("--account", "accounts", multiple=True, metavar="EMAIL", help=help_text("return_account"))
@by_option
@lang_option
def come_back(who: str, roles: tuple[str, ...], accounts: tuple[str, ...], by: str) -> int:
    """Somebody who left works here again."""
    _ready()
    from enduse.casework.people.actions import persons
    from enduse.casework.people.directory import account_named, left_named

    ways = tuple(account_named(email) for email in accounts)
    person = persons.come_back(left_named(who), by=_actor(by), roles=roles, accounts=ways)
    click.echo(clean(say("users.returned", language(), who=person.signature)))
    return Exit.yes


def _switch(email: str, by: str, *, active: bool) -> int:
    _ready()
    from enduse.casework.people.actions.persons import switch_account
    from enduse.casework.people.directory import account_named

    switch_account(account_named(email), by=_actor(by), active=active)
    click.echo(clean(say("users.switched_on" if active else "users.switched_off", language(), email=email)))
    return Exit.yes


def _ready() -> None:
    from enduse.config import start

    start.django()


def _actor(key: str) -> Actor:
    from enduse.casework.people.queries import actor_named

    return actor_named(key)


def _person(key: str) -> int:
    person = _actor(key).person
    assert person is not None
    return person
