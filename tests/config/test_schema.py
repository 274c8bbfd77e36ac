"""The database's form: brought up, and seen to be of this version."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from enduse.casework import guarding
from enduse.config import schema
from tests.casework.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_database_of_this_version_lacks_nothing() -> None:
    assert (schema.pending(), schema.ahead(), schema.unguarded()) == ([], [], [])


def test_a_second_time_changes_nothing() -> None:
    assert schema.bring_up() == []


def test_triggers_that_are_gone_come_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER guard_deals_release_insert" + (" ON deals_release" if connection.vendor == "postgresql" else ""))
    assert schema.unguarded() == ["guard_deals_release_insert"]
    schema.bring_up()
    assert guarding.missing() == []


def test_a_step_that_this_version_does_not_know_is_of_a_newer_one() -> None:
    recorder = MigrationRecorder(connection)
    recorder.record_applied("deals", "9999_later")
    try:
        assert schema.ahead() == ["deals.9999_later"]
    finally:
        recorder.record_unapplied("deals", "9999_later")


def test_it_has_begun_once_somebody_is_known() -> None:
    assert not schema.begun()
    make_cast("anna")
    assert schema.begun()


def test_without_tables_it_has_not_begun() -> None:
    with patch("django.db.backends.base.introspection.BaseDatabaseIntrospection.table_names", return_value=["django_migrations"]):
        assert not schema.begun()


def test_a_query_that_fails_is_no_answer() -> None:
    make_cast("anna")
    with patch("enduse.config.schema.anybody", side_effect=OperationalError("disk I/O error")), pytest.raises(OperationalError):
        schema.begun()
