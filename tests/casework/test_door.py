"""The door of every write: each action leaves one record, which goes where it goes, and nobody acts without the power to."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Max

import enduse
from enduse.casework.deals.models import Comment, Deal
from enduse.casework.door import action, current
from enduse.casework.ledger import writing
from enduse.casework.ledger.models import Head, Record
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actor import SYSTEM, Actor
from enduse.casework.people.models import Account
from enduse.casework.people.roles import POWERS, ROLES
from enduse.domain.refusals import NotAllowed, Refused
from tests.casework import calls
from tests.casework.calls import ALONE, CALLS, NEW, Call, prepared
from tests.casework.cast import actor, imported, make_cast
from tests.casework.tables import Dump, changed, dump

SRC = Path(enduse.__file__).parent
NAMES = sorted(CALLS)
OF_ROLE = {
    "initiator": "gleb",
    "officer": "oleg",
    "expert": "elena",
    "lawyer": "lev",
    "approver": "petr",
    "auditor": "vera",
    "administrator": "root",
}


def who(call: Call) -> Actor:
    """Whoever is meant to do it."""
    return actor(call.by) if call.by else SYSTEM


def test_every_action_has_a_call_here() -> None:
    assert {name.split(":")[0] for name in CALLS} == calls.actions()
    assert len(calls.actions()) > 50


def test_nothing_outside_of_casework_opens_the_door_itself() -> None:
    for folder in ("cli", "config", "web"):
        for path in (SRC / folder).rglob("*.py"):
            assert not re.search(r"\baction\(|import door|\bdoor\b\.", path.read_text("utf-8")), path


def number(made: Any) -> int:
    """The key of what an action made."""
    found = made.deal.pk if hasattr(made, "deal") else made.pk
    assert isinstance(found, int)
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in NAMES if name not in ALONE])
def test_only_the_roles_with_the_power_may(name: str) -> None:
    call = prepared(name)
    before = dump()
    for role, person in OF_ROLE.items():
        if call.verb and role not in POWERS[call.verb]:
            with pytest.raises(NotAllowed) as refused:
                call.do(actor(person))
            assert [(one.code, one.values["verb"]) for one in refused.value.refusals] == [("people.no_role", call.verb)], role
            assert changed(before, dump()) == []
        elif call.verb:
            assert "people.no_role" not in refusal_codes(partial(call.do, actor(person))), role
    assert changed(before, dump()) == []
    assert set(OF_ROLE) == set(ROLES)


def refusal_codes(do: Callable[[], Any]) -> list[str]:
    """Why something is refused; it leaves nothing behind, done or not."""
    try:
        with transaction.atomic():
            do()
            raise _UndoneError
    except _UndoneError:
        return []
    except Refused as refused:
        return [refusal.code for refusal in refused.refusals]


class _UndoneError(Exception):
    """To take back what was done."""


def test_every_power_is_one_that_something_asks_for() -> None:
    text = "\n".join(path.read_text("utf-8") for path in SRC.rglob("*.py") if path.name not in ("roles.py",) and path.parent.name != "words")
    for verb in POWERS:
        assert f'"{verb}"' in text, verb
    asked = set(re.findall(r'(?:demand|may)\("([a-z_]+\.[a-z_]+)"', text)) | set(re.findall(r'verb="([a-z_.]+)"', text))
    assert asked <= set(POWERS)


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# an action that fails leaves nothing


def fails(call: Call, before: Dump, error: type[Exception]) -> None:
    """The call fails with that error, and nothing at all is changed."""
    with pytest.raises(error):
        call.do(who(call))
    assert changed(before, dump()) == []
    assert current() == ""


class BrokenError(DatabaseError):
    """The fault that is put in."""


class Breaking:
    """Counts what is asked of the database, and breaks at one place."""

    def __init__(self, at: int | None = None) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += 1
        if self.count == self.at:
            raise BrokenError(sql)
        return execute(sql, params, many, context)


def queries_of(call: Call) -> int:
    """How often the call asks the database; what it does is taken back."""
    counting = Breaking()
    with _taken_back(), connection.execute_wrapper(counting):
        call.do(who(call))
    return counting.count


def broken_everywhere(call: Call, places: Callable[[int], list[int]]) -> int:
    """Do the call with a fault at several places; how many there were."""
    tried = places(queries_of(call))
    before = dump()
    for place in tried:
        breaking = Breaking(place)
        with pytest.raises(BrokenError), connection.execute_wrapper(breaking):
            call.do(who(call))
        assert breaking.count >= place
        assert changed(before, dump()) == [], place
        assert current() == ""
    return len(tried)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_an_action_leaves_one_record_or_nothing_at_all(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    call = prepared(name)
    before = dump()
    append = writing.append

    def broken(*args: Any, **kwargs: Any) -> int:
        append(*args, **kwargs)  # written, and then
        raise BrokenError

    with monkeypatch.context() as patched:
        patched.setattr(writing, "append", broken)
        fails(call, before, BrokenError)
    random.seed(name)
    assert broken_everywhere(call, lambda count: [random.randrange(count // 2, count), count]) == 2
    says_what_of_whom_by_whom(call)
    assert changed(before, dump())


def says_what_of_whom_by_whom(call: Call) -> None:
    """Done, it leaves exactly one record."""
    last = Record.objects.aggregate(last=Max("index"))["last"]
    given = call.do(who(call))
    (record,) = Record.objects.filter(index__gt=-1 if last is None else last)
    assert record.kind == call.kind
    assert record.about == call.about if call.about != NEW else record.about == f"{record.about.split(':')[0]}:{number(given)}"
    assert record.by.split(" account:")[0] == ("system" if call.system else f"person:{who(call).person}")
    assert Head.objects.get().size == record.index + 1
    assert current() == ""
    assert verify().sound


@pytest.mark.long
@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_an_action_that_fails_anywhere_leaves_nothing(name: str) -> None:
    assert broken_everywhere(prepared(name), lambda count: list(range(1, count + 1))) > 3


@pytest.mark.django_db(transaction=True)
def test_it_leaves_nothing_in_transactions_of_its_own_either() -> None:
    cast = make_cast()
    for name in ("deals.releasing.release", "people.persons.add_person", "people.accounts.drop_second_step"):
        call = CALLS[name](cast)
        before = dump()
        for place in (2, 3, 5):
            with pytest.raises(BrokenError), connection.execute_wrapper(Breaking(place)):
                call.do(who(call))
            assert changed(before, dump()) == []
            assert not connection.in_atomic_block
        call.do(who(call))
        assert changed(before, dump())


# what an action is


@pytest.mark.django_db
def test_an_action_is_not_made_of_actions(cast: dict[str, Actor]) -> None:
    before = dump()
    outer, inner = (action(kind, by=cast["root"], about="person:new") for kind in ("people.added", "deal.commented"))
    with pytest.raises(RuntimeError, match=r"deal\.commented inside people\.added"), outer, inner:
        pass
    assert changed(before, dump()) == []
    assert current() == ""


@pytest.mark.django_db
def test_a_write_outside_of_an_action_is_refused(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    writes: list[Callable[[], Any]] = [
        lambda: Comment.objects.create(deal=deal, text="hello", by_id=cast["anna"].person, at=deal.created_at),
        lambda: Deal.objects.update(status="released"),
        deal.save,
        lambda: Account.objects.update(is_active=False),
        lambda: Head.objects.update(size=0),
    ]
    deal.status = "released"
    before = dump()
    for write in writes:
        with pytest.raises(DatabaseError, match="enduse: "), transaction.atomic():
            write()
    assert changed(before, dump()) == []


@pytest.mark.django_db
def test_what_is_written_inside_goes_with_an_error(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    before = dump()
    with pytest.raises(ValueError, match="oh"), action("deal.commented", by=cast["anna"], about="deal:1") as act:
        Comment.objects.create(deal=deal, text="hello", by_id=cast["anna"].person, at=act.at)
        assert changed(before, dump()) == ["deals_comment"]
        raise ValueError("oh")
    assert changed(before, dump()) == []


@pytest.mark.django_db
def test_the_database_knows_the_action_only_while_it_lasts(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    with action("deal.commented", by=cast["anna"], about=f"deal:{deal.pk}") as act:
        Comment.objects.create(deal=deal, text="hello", by_id=cast["anna"].person, at=act.at)
        assert act.index is None
    assert act.index == Record.objects.latest("index").index
    with pytest.raises(DatabaseError, match="deals_comment: action"), transaction.atomic():
        Comment.objects.create(deal=deal, text="again", by_id=cast["anna"].person, at=act.at)
    with pytest.raises(ValueError, match="oh"), action("deal.commented", by=cast["anna"], about="deal:1"):
        raise ValueError("oh")
    with pytest.raises(DatabaseError, match="deals_comment: action"), transaction.atomic():
        Comment.objects.create(deal=deal, text="again", by_id=cast["anna"].person, at=act.at)


@pytest.mark.django_db
def test_an_action_may_change_what_it_is_about_and_says_what_it_was_told(cast: dict[str, Actor]) -> None:
    with action("people.added", by=cast["root"], about="person:new") as act:
        act.about = "person:77"
        act.says(roles=["officer"], name="Нина")
    record = Record.objects.latest("index")
    assert (record.about, record.body) == ("person:77", '{"name":"Нина","roles":["officer"]}')
    assert current() == ""
