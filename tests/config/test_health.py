"""Whether an installation is well, told to machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client

from enduse.casework import clock, guarding
from enduse.config import health, schema

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    health._form.cache_clear()
    cache.clear()
    yield
    health._form.cache_clear()


def test_it_is_well() -> None:
    response = Client().get("/healthz")
    said = response.json()
    assert response.status_code == 200
    assert (said["status"], said["database"], said["schema"], said["triggers"]) == ("ok", "ok", "ok", "ok")
    assert (said["worker"], said["worker_seen"], said["stuck"]) == ("never", None, 0)


def test_it_is_asked_by_any_name_and_needs_no_session() -> None:
    client = Client(headers={"host": "10.0.0.7"})
    client.cookies["sessionid"] = "somebody"
    assert client.get("/healthz").status_code == 200
    assert client.head("/healthz").content == b""
    assert client.post("/healthz").status_code == 405


def test_a_missing_trigger_is_not_well() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER guard_deals_release_insert" + (" ON deals_release" if connection.vendor == "postgresql" else ""))
    try:
        response = Client().get("/healthz")
    finally:
        guarding.install()
    assert (response.status_code, response.json()["status"], response.json()["triggers"]) == (503, "unwell", "missing")


@pytest.mark.parametrize(("which", "word"), [("pending", "behind"), ("ahead", "newer")])
def test_a_database_of_another_version_is_not_well(which: str, word: str) -> None:
    with patch.object(schema, which, return_value=["deals.0002"]):
        response = Client().get("/healthz")
    assert (response.status_code, response.json()["schema"]) == (503, word)


def test_a_database_that_is_away_is_not_well_and_nothing_of_it_is_told() -> None:
    with patch.object(health, "connection") as away:
        away.cursor.side_effect = OperationalError("password=secret host=db")
        response = Client().get("/healthz")
    assert (response.status_code, response.json()["database"]) == (503, "unreachable")
    assert b"secret" not in response.content


def test_it_says_when_a_worker_was_seen() -> None:
    now = datetime(2026, 11, 2, 9, tzinfo=UTC)
    with clock.at(now):
        health.worker_seen(2)
        found = health.examine()
    assert (found.worker, found.worker_seen, found.stuck) == ("ok", "2026-11-02T09:00:00+00:00", 2)
    with clock.at(now + timedelta(hours=2)):
        assert health.examine().worker == "late"
        assert health.examine().well
