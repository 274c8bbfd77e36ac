"""The settings page: each change with its reason, administrators only."""

from __future__ import annotations

import pytest

from enduse.casework.ledger.models import Record
from enduse.casework.people.settings import value
from tests.web.conftest import Member, signed_in

pytestmark = pytest.mark.django_db


def test_a_setting_is_changed_with_its_reason_and_shown_with_its_history(root: Member) -> None:
    answer = root.client.post("/settings/check_days/", {"check_days-value": "60", "check_days-reason": "Order 14"}, follow=True)
    page = answer.content.decode()
    assert value("check_days") == "60"
    assert "60 days" in page
    assert "90 days → 60 days. Order 14" in page
    assert Record.objects.order_by("-index")[0].kind == "settings.settled"
    assert "60 дн." in signed_in(root.email, "ru").get("/settings/").content.decode()


def test_the_policy_of_minor_updates_is_stated_in_full(root: Member) -> None:
    root.client.post("/settings/minor_updates/", {"minor_updates-value": "minor", "minor_updates-reason": "Monthly releases"})
    page = root.client.get("/settings/").content.decode()
    assert "patches and minor releases: 3.2.1 and 3.4 where 3.2 was released" in page


def test_a_name_is_only_text(root: Member) -> None:
    root.client.post("/settings/organisation/", {"organisation-value": '<script>"ООО', "organisation-reason": "Renamed"})
    assert "&lt;script&gt;" in root.client.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("setting", "chosen", "reason"),
    [("check_days", "0", "x"), ("check_days", "400", "x"), ("check_days", "60", ""), ("minor_updates", "all", "x"), ("check_days", "", "x")],
)
def test_what_will_not_do_is_told_and_nothing_changes(root: Member, setting: str, chosen: str, reason: str) -> None:
    before = Record.objects.count()
    answer = root.client.post(f"/settings/{setting}/", {f"{setting}-value": chosen, f"{setting}-reason": reason})
    assert answer.status_code == 422
    assert "error-summary" in answer.content.decode()
    assert Record.objects.count() == before


def test_a_setting_that_is_not_there_is_not_found(root: Member) -> None:
    assert root.client.post("/settings/gravity/", {}).status_code == 404
    assert root.client.get("/settings/check_days/")["Location"] == "/settings/"


def test_auditors_read_and_others_do_not(vera: Member, anna: Member) -> None:
    assert "<form method" not in vera.client.get("/settings/").content.decode().split("<main", 1)[1]
    assert vera.client.post("/settings/check_days/", {"check_days-value": "60", "check_days-reason": "x"}).status_code == 403
    assert anna.client.get("/settings/").status_code == 403
