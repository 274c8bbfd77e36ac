"""The access matrix, made from the routes themselves: every route, every role, own and foreign object; and nobody at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enduse.casework.deals.actions import files, screening
from enduse.casework.deals.models import Search
from enduse.casework.ledger.models import Record
from enduse.casework.parties.models import Party
from enduse.casework.people.actions.persons import add_first, add_person
from enduse.casework.people.queries import actor_named
from enduse.casework.people.roles import POWERS, ROLES, SEE_ALL
from enduse.casework.solutions.models import Solution
from tests.casework import listed
from tests.casework.cast import imported
from tests.web.conftest import PASSWORD, signed_in

pytestmark = pytest.mark.django_db(transaction=True)

# what needs no mark: who has not signed in comes here, too, or it is allauth's own and about oneself only
OPEN = {"language", "healthz"}
SIGN_IN = re.compile(r"^accounts/")


@dataclass(frozen=True)
class Route:
    """An address with a name, the names of its arguments, and the verbs that its view is marked with."""

    path: str
    name: str
    arguments: tuple[str, ...]
    fixed: tuple[tuple[str, Any], ...]
    verbs: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.path or "/"


def routes(patterns: list[Any], before: str = "") -> Iterator[Route]:
    """Every route beneath, also the included ones."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            verbs = getattr(pattern.callback, "verbs", None)
            held = tuple(verbs.items()) if verbs is not None else ()
            yield Route(path, pattern.name or "", tuple(pattern.pattern.converters), tuple(pattern.default_args.items()), held)


ALL = list(routes(get_resolver().url_patterns))
OURS = [route for route in ALL if not SIGN_IN.match(route.path) and route.name not in OPEN and not route.path.startswith("static/")]
OF_A_DEAL = [route for route in OURS if route.path.startswith("deals/<int:pk>")]


def test_every_route_of_ours_is_marked_with_the_verbs_it_takes() -> None:
    assert len(OURS) > 25
    unmarked = [str(route) for route in OURS if not route.verbs]
    assert unmarked == []
    for route in OURS:
        for _, verb in route.verbs:
            assert not verb or verb in POWERS, route


@dataclass(frozen=True)
class Stage:
    """What stands on it: people by role, a deal of the initiator's and one of somebody else's, and a key for every argument."""

    clients: dict[str, Client]
    own: int
    foreign: int
    keys: dict[str, int]


@pytest.fixture
def stage() -> Stage:
    """One person for each role, two deals, a file on each."""
    add_first(name="Root", email="root@example.ru", password=PASSWORD)
    root = actor_named("root@example.ru")
    for role in ROLES:
        add_person(by=root, name=role.title(), email=f"{role}@example.ru", roles=(role,), password=PASSWORD)
    own = imported(actor_named("initiator@example.ru"), reference="OWN").deal.pk
    foreign = imported(actor_named("officer@example.ru"), reference="FOREIGN").deal.pk
    made = [
        files.attach(
            deal, by=actor_named("officer@example.ru"), seen=None, stage="evidence", name="a", digest="sha256:" + "0" * 64, size=1, media_type="x"
        )
        for deal in (own, foreign)
    ]
    with listed.held(listed.LISTED):
        for deal in (own, foreign):
            screening.search(deal, by=actor_named("officer@example.ru"), seen=1)
    searches = [Search.objects.filter(deal=deal).order_by("pk")[0].pk for deal in (own, foreign)]
    party, solution = Party.objects.order_by("pk").first(), Solution.objects.order_by("pk").first()
    assert party
    assert solution
    keys = {"party": party.pk, "solution": solution.pk, "file": made[0].pk, "foreign_file": made[1].pk, "number": 1}
    keys |= {"search": searches[0], "foreign_search": searches[1]}
    return Stage({role: signed_in(f"{role}@example.ru") for role in ROLES}, own, foreign, keys)


def address(route: Route, stage: Stage, deal: int) -> str:
    """The route's address with a key for each of its arguments."""
    values: dict[str, Any] = dict(route.fixed)
    for name in route.arguments:
        if name == "pk":
            kind = route.path.split("/")[0]
            values[name] = {"deals": deal, "parties": stage.keys["party"], "solutions": stage.keys["solution"]}.get(kind, 1)
        elif name in ("file", "search"):
            values[name] = stage.keys[name if deal == stage.own else f"foreign_{name}"]
        else:
            values[name] = stage.keys.get(name, 1)
    if route.name and route.path.count("<") == len(route.arguments):
        path = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), route.path)
        return path
    return reverse(route.name, kwargs=values)


def may(role: str, verb: str) -> bool:
    """Whether a role has a verb, straight from the table."""
    return not verb or role in POWERS[verb]


def sees(role: str, own: bool) -> bool:
    """Whether a role sees a deal, straight from the rule: some see all, the others what is theirs."""
    return may(role, "deals.see") and (role in SEE_ALL or own)


def test_nobody_gets_in_without_signing_in(stage: Stage) -> None:
    for route in OURS:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(route, stage, stage.foreign))
            assert answer.status_code in (302, 405), (str(route), method)
            if answer.status_code == 302:
                assert "/accounts/login" in answer["Location"], str(route)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_tables_say_and_no_more(role: str, stage: Stage) -> None:
    asked = wrong = 0
    for route in OURS:
        for deal in (stage.own, stage.foreign) if route in OF_A_DEAL else (stage.own,):
            for method, verb in route.verbs:
                asked += 1
                if told := astonishment(stage, route, role, deal, method, verb):
                    wrong += 1
                    print(told)
    assert asked > 80
    assert wrong == 0


def astonishment(stage: Stage, route: Route, role: str, deal: int, method: str, verb: str) -> str:
    """What is not as the tables say; empty where everything is."""
    own, of_a_deal, records = deal == stage.own and role == "initiator", route in OF_A_DEAL, Record.objects.count()
    answer = getattr(stage.clients[role], method.lower())(address(route, stage, deal))
    written = Record.objects.count() - records
    told = f"{method} {route} as {role}, {'own' if own else 'foreign'}: {answer.status_code}, {written} records"
    allowed = may(role, dict(route.verbs)["GET"]) and may(role, verb)
    if not allowed:
        return "" if answer.status_code in (403, 404) and not written else told
    if of_a_deal and not sees(role, own):
        return "" if answer.status_code == 404 and not written else told
    if method == "GET":
        right = (200, 302) if of_a_deal and "file" not in route.arguments else (200, 302, 404, 422)
        return "" if answer.status_code in right and not written else told
    # an empty form does nothing, or what its button says, with its one record
    return "" if answer.status_code in (200, 302, 404, 409, 422) and written <= 1 else told


def test_the_matrix_would_notice(stage: Stage) -> None:
    """The rule of the matrix is another than the pages': a deal handed to nobody is not seen by those who see only theirs."""
    for role in ("expert", "lawyer", "administrator", "initiator"):
        assert stage.clients[role].get(f"/deals/{stage.foreign}/decision/").status_code in (403, 404)
    for role in SEE_ALL:
        assert stage.clients[role].get(f"/deals/{stage.foreign}/decision/").status_code == 200
