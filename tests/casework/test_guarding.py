"""Triggers: what the database itself refuses, whoever asks and however, on SQLite and on PostgreSQL, also after migrations."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations import AddField, Migration, RemoveField
from django.db.migrations.state import ProjectState

from enduse.casework import door, guarding
from enduse.casework.deals.models import Approval, Closing, Deal, Decision, Delivery, Hold, Release, ReleaseEvent, Submission, Version
from enduse.casework.door import Act, action
from enduse.casework.guarding import DELIVERY_RESTS_ON, EVENT_RESTS_ON, FREE, RELEASE_RESTS_ON, TABLES, Guarded
from enduse.casework.people.actor import Actor
from enduse.casework.people.models import Account, Person
from tests import databases
from tests.casework.busy import make_busy
from tests.casework.cast import imported
from tests.casework.tables import changed, dump

BY_NAME = {guarded.table: guarded for guarded in TABLES}
MODELS = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True) if model._meta.db_table in BY_NAME}
KINDS = ("deal.commented", "deal.held", "deal.approved", "deal.submitted", "people.added", "deal.intake_saved", "ledger.checkpointed")


def only_on(kind: str) -> Callable[[Any], Any]:
    """Keep a test for one database; on the other it does not exist, rather than not run."""
    return lambda test: test if databases.kind() == kind else None


@pytest.fixture
def busy(db: None) -> dict[str, Actor]:
    return make_busy()


def run(sql: str, *values: Any) -> int:
    """Run a statement in a savepoint of its own; how many rows it touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, list(values))
        return int(cursor.rowcount)


def why_not(sql: str, *values: Any) -> str:
    """What the guard answers to a statement: table and condition; empty where the statement went through, and was taken back."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, list(values))
            transaction.set_rollback(True)
    except DatabaseError as error:
        text = str(error).splitlines()[0]
        return text.removeprefix("enduse: ") if text.startswith("enduse: ") else f"not by a guard: {text}"
    return ""


@contextmanager
def inside(kind: str) -> Iterator[None]:
    """Within, the database believes that an action of this kind is under way; no record is written."""
    token = door._current.set(kind)
    door._tell_database(kind)
    try:
        yield
    finally:
        door._current.reset(token)
        if not connection.needs_rollback:
            door._tell_database("")


def right_kind(guarded: Guarded) -> str:
    return guarded.kinds[0] if guarded.kinds else "deal.intake_saved"


def key_of(table: str) -> str:
    return str(MODELS[table]._meta.pk.column)


def columns_of(table: str) -> list[str]:
    return [str(field.column) for field in MODELS[table]._meta.local_fields]


def other_value(field: models.Field[Any, Any]) -> str:
    """SQL for another value than a column holds."""
    column = f'"{field.column}"'
    if isinstance(field, models.ForeignKey | models.IntegerField | models.AutoField | models.DecimalField):
        return f"coalesce({column}, 0) + 1000000"
    if isinstance(field, models.BooleanField):
        return f"NOT {column}"
    if isinstance(field, models.DateTimeField | models.DateField):
        return "'2001-01-01'"
    if isinstance(field, models.JSONField):
        return "'[42]'"
    return "'~'"


# what is guarded at all


@pytest.mark.django_db
@pytest.mark.usefixtures("busy")
def test_a_word_on_a_hit_is_of_a_search_of_that_deal_and_party() -> None:
    columns = [column for column in columns_of("deals_settlement") if column != "id"]
    for other, changes in (
        ("", {}),
        ("search", {"deal_id": "deal_id - 1"}),
        ("search", {"particulars": "'sha256:0'"}),
        ("search", {"search_id": "0"}),
    ):
        said = ", ".join(changes.get(column, f'"{column}"') for column in columns)
        with inside("deal.hit_settled"):
            answer = why_not(f"INSERT INTO deals_settlement ({', '.join(columns)}) SELECT {said} FROM deals_settlement")
        assert answer == (f"deals_settlement: {other}" if other else ""), changes


def test_every_table_of_casework_is_guarded() -> None:
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("enduse.casework")}
    assert ours == set(BY_NAME) | set(FREE)
    assert set(BY_NAME) == set(MODELS)


def test_no_record_points_at_what_is_free() -> None:
    free = {model for model in apps.get_models() if model._meta.db_table in FREE}
    assert len(free) == len(FREE)
    for model in MODELS.values():
        assert not {field.related_model for field in model._meta.get_fields() if field.concrete and field.is_relation} & free


@pytest.mark.django_db
def test_the_columns_that_may_change_are_columns() -> None:
    for guarded in TABLES:
        assert set(guarded.changes + guarded.loose) <= set(columns_of(guarded.table))
        assert {column for one in guarded.unique for column in one} <= set(columns_of(guarded.table))


@pytest.mark.django_db
def test_all_that_is_unique_is_known_so_that_nothing_is_pushed_out() -> None:
    for guarded in TABLES:
        with connection.cursor() as cursor:
            held = connection.introspection.get_constraints(cursor, guarded.table)
        found = {tuple(one["columns"]) for one in held.values() if one["unique"] and not one["primary_key"]}
        assert found - set(guarded.unique) <= {("person_id", "role"), ("deal_id", "role", "name_key")}, guarded.table


# each table, in every form


@pytest.mark.django_db
def test_a_row_is_added_only_in_an_action_of_its_kind(busy: dict[str, Actor]) -> None:
    for guarded in TABLES:
        table, key = guarded.table, key_of(guarded.table)
        rest = ", ".join(f'"{column}"' for column in columns_of(table) if column != key)
        copy = f'INSERT INTO {table} ("{key}", {rest}) SELECT "{key}" + 1000000, {rest} FROM {table} ORDER BY "{key}" LIMIT 1'
        assert run(f"SELECT count(*) FROM {table}"), table
        assert why_not(copy) == f"{table}: action"
        for kind in KINDS if guarded.kinds else ():
            with inside(kind):
                assert (why_not(copy) == f"{table}: action") == (kind not in guarded.kinds), (table, kind)
        with inside(right_kind(guarded)):
            assert why_not(copy) != f"{table}: action"  # it is the guard that says no, not the statement that is no good


@pytest.mark.django_db
def test_no_row_is_deleted(busy: dict[str, Actor]) -> None:
    for guarded in TABLES:
        delete = f"DELETE FROM {guarded.table}"
        assert why_not(delete) == f"{guarded.table}: {'action' if guarded.deletes else 'deleted'}"
        with inside(right_kind(guarded)):
            assert why_not(delete) == ("" if guarded.deletes else f"{guarded.table}: deleted")


@pytest.mark.django_db
def test_no_fixed_column_is_changed_and_the_others_only_in_an_action(busy: dict[str, Actor]) -> None:
    seen = 0
    for guarded in TABLES:
        for field in MODELS[guarded.table]._meta.local_fields:
            column = str(field.column)
            update = f'UPDATE {guarded.table} SET "{column}" = {other_value(field)}'
            outside = why_not(update)
            with inside((guarded.change_kinds or (right_kind(guarded),))[0]):
                within = why_not(update)
            if column in guarded.loose:
                assert not outside.startswith(guarded.table), (guarded.table, column)
            elif column in guarded.changes:
                assert outside == f"{guarded.table}: action", column
                assert within != outside, column
            else:
                assert outside == within == f"{guarded.table}: insert-only", column
            seen += 1
    assert seen > 200


@pytest.mark.django_db
def test_nothing_is_replaced_by_a_row_that_comes_in_its_place(busy: dict[str, Actor]) -> None:
    for guarded in TABLES:
        table, key = guarded.table, key_of(guarded.table)
        names = ", ".join(f'"{column}"' for column in columns_of(table))
        upsert = (
            f"INSERT INTO {table} ({names}) SELECT {names} FROM {table} WHERE true ORDER BY 1 LIMIT 1"
            f' ON CONFLICT ("{key}") DO UPDATE SET "{key}" = {table}."{key}" + 1000000'
        )
        tried = [upsert]
        if connection.vendor == "sqlite":
            tried += [f"{word} INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1" for word in ("INSERT OR REPLACE", "REPLACE")]
        for statement in tried:
            assert why_not(statement).startswith(f"{table}: action"), table
            with inside(right_kind(guarded)):
                assert why_not(statement).startswith(f"{table}: "), (table, statement)


@only_on("sqlite")
@pytest.mark.django_db
def test_nothing_is_pushed_out_by_what_else_is_unique(busy: dict[str, Actor]) -> None:
    for guarded in TABLES:
        table, key = guarded.table, key_of(guarded.table)
        rest = [column for column in columns_of(table) if column != key]
        for unique in guarded.unique:
            names = ", ".join(f'"{column}"' for column in rest)
            pushed = f'INSERT OR REPLACE INTO {table} ("{key}", {names}) SELECT 1000000, {names} FROM {table} WHERE "{unique[0]}" IS NOT NULL LIMIT 1'
            with inside(right_kind(guarded)):
                assert why_not(pushed).startswith(f"{table}: "), (table, unique)
        with inside(right_kind(guarded)):
            assert why_not(f'UPDATE OR REPLACE {table} SET "{key}" = (SELECT max("{key}") FROM {table}) + 1') == f"{table}: insert-only"
    with inside("people.added"):  # columns that may change, and push out whoever has the value already
        boris = Person.objects.get(email="boris@example.org").email_key
        assert why_not("UPDATE OR REPLACE people_person SET email_key = %s WHERE email = 'anna@example.org'", boris) == "people_person: deleted"
        taken = "UPDATE OR REPLACE people_account SET email = 'boris@example.org' WHERE email = 'anna@example.org'"
        assert why_not(taken) == "people_account: deleted"
        twice = (
            "INSERT OR REPLACE INTO people_grant (person_id, role, since) SELECT person_id, role, since FROM people_grant WHERE until IS NULL LIMIT 1"
        )
        assert why_not(twice) == "people_grant: deleted"


@only_on("postgresql")
@pytest.mark.django_db
def test_no_table_is_emptied(busy: dict[str, Actor]) -> None:
    run("SET CONSTRAINTS ALL IMMEDIATE")
    for guarded in TABLES:
        assert why_not(f"TRUNCATE {guarded.table} CASCADE").endswith(": deleted"), guarded.table
        with inside(right_kind(guarded)):
            assert why_not(f"TRUNCATE {guarded.table} CASCADE").endswith(": deleted"), guarded.table


@pytest.mark.django_db
def test_what_people_would_like_to_change_by_hand_stays(busy: dict[str, Actor]) -> None:
    before = dump()
    boris = busy["boris"].person
    for kind in ("", *KINDS, "deal.released", "deal.withdrawn"):
        with inside(kind):
            for statement in (
                f"UPDATE people_account SET person_id = {boris} WHERE email = 'anna@example.org'",
                "UPDATE deals_deal SET reference = 'X'",
                f"UPDATE deals_deal SET initiator_id = {boris}",
                "UPDATE deals_approval SET word = 'approved'",
                f"UPDATE deals_approval SET by_id = {boris}, hands = '[]'",
                "UPDATE deals_decision SET outcome = 'proceed'",
                "UPDATE deals_version SET content = '{}'",
                "UPDATE deals_hold SET ends_when = 'now'",
                "UPDATE deals_holdlift SET evidence = 'better'",
                "UPDATE deals_submission SET signed = ''",
                "UPDATE deals_release SET bound = '{}'",
                "UPDATE deals_releaseevent SET kind = 'resumed'",
                "UPDATE ledger_record SET at = '2026'",
                "UPDATE ledger_record SET body = '{}'",
                "UPDATE register_entry SET content = '{}'",
                "DELETE FROM deals_releaseevent",
                "DELETE FROM people_grant",
            ):
                assert why_not(statement).split(": ")[0] == statement.split()[2 if statement.startswith("DELETE") else 1], (kind, statement)
    assert changed(before, dump()) == []


@pytest.mark.django_db
def test_a_body_is_erased_only_by_an_erasure_and_never_rewritten(busy: dict[str, Actor]) -> None:
    assert why_not("UPDATE ledger_record SET salt = NULL, body = NULL") == "ledger_record: action"
    with inside("deal.commented"):
        assert why_not("UPDATE ledger_record SET salt = NULL, body = NULL") == "ledger_record: action"
    with inside("ledger.body_erased"):
        assert why_not("UPDATE ledger_record SET salt = NULL, body = '{}'") == "ledger_record: change"
        assert why_not("UPDATE ledger_record SET body = NULL") == "ledger_record: change"
        assert why_not("UPDATE ledger_record SET salt = NULL, body = NULL") == ""


@pytest.mark.django_db
def test_what_a_sign_in_changes_needs_no_action(busy: dict[str, Actor]) -> None:
    assert why_not("UPDATE people_account SET last_login = '2026-11-02', password = 'x', language = 'en'") == ""
    assert why_not("UPDATE people_account SET last_login = '2026-11-02', is_active = NOT is_active") == "people_account: action"


# a release by every way around the door


def releases(deal: Deal, by: int) -> list[Callable[[], Any]]:
    """Every way in which Django or SQL would write a release."""
    approval = deal.approvals.latest("pk")
    decision = deal.decisions.latest("pk")
    values: dict[str, Any] = {
        "deal_id": deal.pk,
        "version_id": approval.version_id,
        "decision_id": decision.pk,
        "approval_id": approval.pk,
        "bound": {},
        "by_id": by,
        "at": approval.at,
    }
    names, marks = ", ".join(values), ", ".join(["%s"] * len(values))
    plain = [*list(values.values())[:4], "{}", by, approval.at]
    return [
        lambda: Release.objects.create(**values),
        lambda: Release(**values).save(force_insert=True),
        lambda: Release.objects.bulk_create([Release(**values)]),
        lambda: Release.objects.bulk_create([Release(**values)], ignore_conflicts=True),
        lambda: Release.objects.get_or_create(approval_id=approval.pk, defaults=values),
        lambda: Release.objects.update_or_create(approval_id=approval.pk, defaults=values),
        lambda: list(Release.objects.raw(f"INSERT INTO deals_release ({names}) VALUES ({marks}) RETURNING *", plain)),
        lambda: run(f"INSERT INTO deals_release ({names}) VALUES ({marks})", *plain),
        lambda: run(f"INSERT INTO deals_release ({names}) SELECT {names} FROM deals_release WHERE false UNION ALL VALUES ({marks})", *plain),
    ]


@pytest.mark.django_db
def test_a_deal_is_released_by_the_door_only(cast: dict[str, Actor]) -> None:
    from tests.casework.deals.stories import ready  # noqa: PLC0415 - stories of the door, here only for a deal that could go

    deal = ready(cast).deal
    before = dump()
    for kind in ("", "deal.approved", "deal.commented", "deal.resumed", "deal.release_withdrawn"):
        with inside(kind):
            for number, write in enumerate(releases(deal, cast["anna"].who)[:7] if kind == "" else releases(deal, cast["anna"].who)):
                if connection.vendor == "postgresql" and number == 8:
                    continue  # its types do not fit there
                with pytest.raises(DatabaseError, match="enduse: deals_release: action"), transaction.atomic():
                    write()
    assert Release.objects.update(by_id=1) == 0
    assert changed(before, dump()) == []
    with inside("deal.released"):
        releases(deal, cast["anna"].who)[0]()  # so it was the guard, and nothing else, that refused
    assert Release.objects.count() == 1


@pytest.mark.django_db
def test_not_even_in_its_own_action_where_nobody_approved(cast: dict[str, Actor]) -> None:
    deal = imported(cast["anna"]).deal
    decision = deal.decisions.latest("pk")
    with pytest.raises(DatabaseError, match="deals_release: approval"), action("deal.released", by=cast["anna"], about="deal:1") as act:
        run(
            "INSERT INTO deals_release (deal_id, version_id, decision_id, approval_id, bound, by_id, at) VALUES (%s, %s, %s, 1, '{}', %s, %s)",
            deal.pk,
            decision.version_id,
            decision.pk,
            cast["anna"].person,
            act.at,
        )


# what a release rests on: each condition alone


def leave_out(table: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Install the triggers without one condition."""
    monkeypatch.setitem(guarding.EXTRA, table, {other: holds for other, holds in guarding.EXTRA[table].items() if other != name})
    guarding.install()


class Case:
    """A deal of which everything stands that a release rests on, written row by row, so that one row can be another."""

    def __init__(self, cast: dict[str, Actor]) -> None:
        self.cast = cast
        self.deal = imported(cast["anna"]).deal
        self.version = self.deal.versions.get()
        self.decision = self.deal.decisions.get()

    def submitted(self, **changes: Any) -> Submission:
        values = {
            "deal": self.deal,
            "version": self.version,
            "signed": self.decision.signed,
            "by_id": self.cast["oleg"].person,
            "at": self.deal.created_at,
        }
        with inside("deal.submitted"):
            return Submission.objects.create(**values | changes)

    def approved(self, **changes: Any) -> Approval:
        values = {
            "deal": self.deal,
            "version": self.version,
            "decision": self.decision,
            "signed": self.decision.signed,
            "word": "approved",
            "by_id": self.cast["boris"].person,
            "at": self.deal.created_at,
        }
        with inside("deal.approved"):
            return Approval.objects.create(**values | changes)

    def decided(self, **changes: Any) -> Decision:
        held = self.decision
        values = {"deal": self.deal, "version": self.version, "day": held.day, "outcome": held.outcome, "fingerprint": held.fingerprint}
        values |= {"signed": held.signed, "state": held.state, "answer": held.answer, "at": held.at}
        with inside("deal.released"):
            return Decision.objects.create(**values | changes)

    def release(self, approval: Approval, decision: Decision | None = None, **changes: Any) -> Release:
        values = {"deal": self.deal, "version": self.version, "decision": decision or self.decision, "approval": approval, "bound": {}}
        with inside("deal.released"), transaction.atomic():
            return Release.objects.create(**values | {"by_id": self.cast["anna"].person, "at": self.deal.created_at} | changes)


def without_approval(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved(word="rejected")
    return lambda: case.release(word)


def of_another_deal(case: Case) -> Callable[[], Release]:
    other = imported(case.cast["anna"], reference="D-2").deal
    case.submitted(deal=other)
    case.submitted()
    word = case.approved(deal=other)
    return lambda: case.release(word)


def of_another_version(case: Case) -> Callable[[], Release]:
    case.submitted()
    with inside("deal.intake_saved"):
        later = Version.objects.create(
            deal=case.deal, number=2, content={}, digest="other", kind="", by_id=case.cast["anna"].person, at=case.deal.created_at
        )
    word = case.approved()
    decision = case.decided(version=later)
    return lambda: case.release(word, decision, version=later)


def with_a_later_word(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    case.approved(by_id=case.cast["petr"].person)
    return lambda: case.release(word)


def decided_to_hold(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    decision = case.decided(outcome="hold")
    return lambda: case.release(word, decision)


def decided_again(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    case.decided()
    return lambda: case.release(word)


def signed_something_else(case: Case) -> Callable[[], Release]:
    case.submitted(signed="another")
    word = case.approved(signed="another")
    return lambda: case.release(word)


def edited_since(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    with inside("deal.intake_saved"):
        Version.objects.create(deal=case.deal, number=2, content={}, digest="other", kind="", by_id=case.cast["anna"].person, at=case.deal.created_at)
    return lambda: case.release(word)


def held_by_hand(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    with inside("deal.held"):
        Hold.objects.create(deal=case.deal, reason="r", ends_when="e", at=case.deal.created_at)
    return lambda: case.release(word)


def closed(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved()
    with inside("deal.refused"):
        Closing.objects.create(deal=case.deal, kind="refused", reason="r", at=case.deal.created_at)
    return lambda: case.release(word)


def never_submitted(case: Case) -> Callable[[], Release]:
    word = case.approved()
    return lambda: case.release(word)


def approved_by_a_writer(case: Case) -> Callable[[], Release]:
    case.submitted()
    word = case.approved(by_id=case.cast["anna"].person)
    return lambda: case.release(word)


def approved_by_the_submitter(case: Case) -> Callable[[], Release]:
    case.submitted(by_id=case.cast["boris"].person)
    word = case.approved()
    return lambda: case.release(word)


VIOLATIONS: list[tuple[str, Callable[[Case], Callable[[], Release]]]] = [
    ("approval", without_approval),
    ("approval", of_another_deal),
    ("content", of_another_version),
    ("last_word", with_a_later_word),
    ("decision", decided_to_hold),
    ("last_decision", decided_again),
    ("fingerprint", signed_something_else),
    ("version", edited_since),
    ("no_hold", held_by_hand),
    ("open", closed),
    ("submitted", never_submitted),
    ("other_hands", approved_by_a_writer),
    ("other_submitter", approved_by_the_submitter),
]


def test_every_condition_is_violated_here() -> None:
    assert {name for name, _ in VIOLATIONS} == set(RELEASE_RESTS_ON)


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "violate"), VIOLATIONS, ids=[f"{name}-{violate.__name__}" for name, violate in VIOLATIONS])
def test_a_release_rests_on_each_condition(
    name: str, violate: Callable[[Case], Callable[[], Release]], cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    release = violate(Case(cast))
    with pytest.raises(DatabaseError, match=rf"enduse: deals_release: {name}(\s|$)"):
        release()
    leave_out("deals_release", name, monkeypatch)
    assert release().pk


@pytest.mark.django_db
def test_where_everything_stands_a_release_goes_in(cast: dict[str, Actor]) -> None:
    case = Case(cast)
    case.submitted()
    assert case.release(case.approved()).pk


@pytest.mark.django_db
@pytest.mark.parametrize("name", DELIVERY_RESTS_ON)
def test_a_delivery_rests_on_each_condition(name: str, cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case(cast)
    case.submitted()
    released = case.release(case.approved())
    deal = case.deal if name == "standing" else imported(cast["anna"], reference="D-2").deal

    def deliver() -> Delivery:
        with inside("deal.delivered"), transaction.atomic():
            return Delivery.objects.create(
                release=released, deal=deal, day=case.decision.day, version="1", units=1, recipient="x", at=deal.created_at
            )

    if name == "standing":
        assert deliver().pk
        with inside("deal.suspended"):
            ReleaseEvent.objects.create(release=released, kind="suspended", cause="by_hand", at=deal.created_at)
    with pytest.raises(DatabaseError, match=rf"enduse: deals_delivery: {name}(\s|$)"):
        deliver()
    if name == "standing":
        with inside("deal.resumed"):
            ReleaseEvent.objects.create(release=released, kind="resumed", cause="by_hand", at=deal.created_at)
    else:
        leave_out("deals_delivery", name, monkeypatch)
    assert deliver().pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "before", "kind", "event"),
    [
        ("resumed", ("suspended",), "deal.intake_saved", "resumed"),
        ("resumed", ("suspended",), "deal.suspended", "resumed"),
        ("final", ("withdrawn",), "deal.resumed", "resumed"),
        ("final", ("withdrawn",), "deal.suspended", "suspended"),
        ("final", ("suspended", "withdrawn"), "deal.release_withdrawn", "withdrawn"),
    ],
)
def test_what_becomes_of_a_release_rests_on_each_condition(
    name: str, before: tuple[str, ...], kind: str, event: str, cast: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = Case(cast)
    case.submitted()
    released = case.release(case.approved())

    def happens(kind: str, event: str) -> ReleaseEvent:
        with inside(kind), transaction.atomic():
            return ReleaseEvent.objects.create(release=released, kind=event, cause="by_hand", at=case.deal.created_at)

    for one in before:
        happens("deal.suspended", one)
    with pytest.raises(DatabaseError, match=rf"enduse: deals_releaseevent: {name}(\s|$)"):
        happens(kind, event)
    leave_out("deals_releaseevent", name, monkeypatch)
    assert happens(kind, event).pk


@pytest.mark.django_db
def test_where_nothing_is_final_a_release_is_resumed_by_that_action(cast: dict[str, Actor]) -> None:
    assert set(EVENT_RESTS_ON) == {"resumed", "final"}  # each is violated above
    case = Case(cast)
    case.submitted()
    released = case.release(case.approved())
    for kind, event in (("deal.suspended", "suspended"), ("deal.resumed", "resumed"), ("deal.release_withdrawn", "withdrawn")):
        with inside(kind):
            assert ReleaseEvent.objects.create(release=released, kind=event, cause="by_hand", at=case.deal.created_at).pk


# whether the triggers are there


def drop(name: str) -> None:
    table = name.removeprefix(guarding.PREFIX).rpartition("_")[0]
    run(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {table}"))


@pytest.mark.django_db
def test_what_is_missing_is_named() -> None:
    assert guarding.missing() == []
    drop("guard_deals_release_insert")
    drop("guard_ledger_record_update")
    assert guarding.missing() == ["guard_ledger_record_update", "guard_deals_release_insert"]
    guarding.install()
    assert guarding.missing() == []


@pytest.mark.django_db
def test_a_trigger_that_asks_for_less_is_as_good_as_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        leave_out("deals_release", "no_hold", patched)
        assert guarding.missing() == []
    assert guarding.missing() == ["guard_deals_release_insert"]


@only_on("postgresql")
@pytest.mark.django_db
def test_a_trigger_that_is_switched_off_is_as_good_as_missing() -> None:
    for state in ("DISABLE", "ENABLE REPLICA"):
        run(f"ALTER TABLE deals_release {state} TRIGGER guard_deals_release_insert")
        assert guarding.missing() == ["guard_deals_release_insert"]
    run("ALTER TABLE deals_release ENABLE ALWAYS TRIGGER guard_deals_release_insert")
    assert guarding.missing() == []
    run("ALTER TABLE deals_hold DISABLE TRIGGER ALL")
    assert guarding.missing() == [f"guard_deals_hold_{event}" for event in ("insert", "update", "delete", "truncate")]


@only_on("postgresql")
@pytest.mark.django_db
def test_a_trigger_with_a_condition_is_as_good_as_missing() -> None:
    drop("guard_deals_hold_delete")
    run(
        "CREATE TRIGGER guard_deals_hold_delete BEFORE DELETE ON deals_hold FOR EACH ROW WHEN (OLD.id < 0) EXECUTE FUNCTION guard_deals_hold_delete()"
    )
    assert guarding.missing() == ["guard_deals_hold_delete"]


# migrations


def migrated(operations: list[Any], state: ProjectState) -> ProjectState:
    """What these operations make of the database, as a migration of each app would."""
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=[(Migration("throwaway", "deals"), False)])
    for label, operation in operations:
        migration = type("Throwaway", (Migration,), {"operations": [operation]})("0002_throwaway", label)
        with connection.schema_editor(atomic=True) as editor:
            state = migration.apply(state, editor)
    return state


@pytest.mark.django_db
def test_a_migrate_that_has_nothing_to_do_leaves_the_triggers_where_they_are() -> None:
    emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=[])
    assert guarding.missing() == []


@pytest.mark.django_db(transaction=True)
def test_after_a_migration_that_rebuilds_every_table_all_triggers_are_back() -> None:
    make_busy()
    rows = {table: len(found) for table, found in dump().items()}
    state = ProjectState.from_apps(apps)
    grown = [(model._meta.app_label, AddField(model._meta.model_name or "", "extra", models.IntegerField(default=0))) for model in MODELS.values()]
    shrunk = [(model._meta.app_label, RemoveField(model._meta.model_name or "", "extra")) for model in MODELS.values()]
    try:
        state = migrated(grown, state)
        gone = guarding.missing()
        if connection.vendor == "sqlite":
            assert len(gone) == len(TABLES) * 3
        else:  # there they stay, and those of UPDATE know nothing of the new column
            assert gone == [f"guard_{one.table}_update" for one in TABLES if one.changes or one.loose]
        call_command("migrate", verbosity=0)
        assert guarding.missing() == []
        for table in MODELS:
            assert why_not(f"UPDATE {table} SET extra = 7") == f"{table}: insert-only"
            assert why_not(f"DELETE FROM {table}").startswith(f"{table}: ")
    finally:
        migrated(shrunk, state)
        guarding.install()
    assert guarding.missing() == []
    assert {table: len(found) for table, found in dump().items()} == rows
    why = why_not("INSERT INTO deals_comment (deal_id, text, by_id, at) SELECT deal_id, text, by_id, at FROM deals_comment")
    assert why == "deals_comment: action"


# others who open the file


ELSEWHERE = """
import sqlite3, sys
file, refused = sqlite3.connect(sys.argv[1]), 0
for statement in sys.stdin.read().split(";;"):
    try:
        file.execute(statement)
        file.commit()
    except sqlite3.Error as error:
        refused += "enduse_action" in str(error) or "enduse: " in str(error)
print(refused)
"""


@only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_another_process_that_opens_the_file_cannot_write() -> None:
    make_busy()
    before = dump()
    statements = []
    for guarded in TABLES:
        table, key = guarded.table, key_of(guarded.table)
        rest = ", ".join(f'"{column}"' for column in columns_of(table) if column != key)
        names = ", ".join(f'"{column}"' for column in columns_of(table))
        statements += [
            f'INSERT INTO {table} ("{key}", {rest}) SELECT "{key}" + 1000000, {rest} FROM {table} LIMIT 1',
            f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} LIMIT 1",
            *(
                f'UPDATE {table} SET "{field.column}" = {other_value(field)}'
                for field in MODELS[table]._meta.local_fields
                if field.column not in guarded.loose
            ),
            f"DELETE FROM {table}",
        ]
    name = str(connection.settings_dict["NAME"])
    done = subprocess.run([sys.executable, "-c", ELSEWHERE, name], input=";;".join(statements), capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(statements) > 250
    assert changed(before, dump()) == []
    with sqlite3.connect(name) as file:
        assert file.execute("SELECT count(*) FROM deals_release").fetchone() == (1,)


@pytest.mark.django_db
def test_a_new_connection_knows_the_action_at_once(cast: dict[str, Actor]) -> None:
    act: Act
    with action("people.added", by=cast["root"], about="person:new") as act:
        pass
    assert act.index
    assert Account.objects.count() == len(cast)
