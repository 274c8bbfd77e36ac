"""A deal's page: whose it is, what its shell says, and forms that were sent twice, too late, or by somebody else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enduse.casework import clock
from enduse.casework.deals.actions import approving, evidence, stages
from enduse.casework.deals.keeping import STAGES
from enduse.domain.refusals import Refusal
from enduse.web.cases import told_once
from tests.builders import PERMIT
from tests.web.conftest import Member, signed_in
from tests.web.pages import do, forms, released, stage, standing, taken_in

pytestmark = pytest.mark.django_db
CONCERN: dict[str, Any] = {"id": "e1", "purpose": "military", "grade": "concern", "source": "supplier of an army", "recorded_by": "somebody"}


def body(response: Any) -> str:
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_deal_opens_on_the_stage_that_waits(anna: Member) -> None:
    assert anna.client.get(reverse("deal", args=[taken_in(anna)]))["Location"].endswith("/approval/")
    waiting = taken_in(anna, reference="D-2", checks=["wmd"])
    assert anna.client.get(reverse("deal", args=[waiting]))["Location"] == stage(waiting, standing(waiting).deal.stage)


def test_every_page_of_a_deal_opens_in_both_languages_and_only_to_its_own(anna: Member, gleb: Member, root: Member) -> None:
    deal = taken_in(anna)
    pages = [*(stage(deal, name) for name in STAGES), reverse("deal-timeline", args=[deal]), reverse("deal-files", args=[deal])]
    for page in pages:
        assert "May proceed" in body(anna.client.get(page)), page
        assert gleb.client.get(page).status_code == 404, page
        assert root.client.get(page).status_code == 403, page
    russian = signed_in(anna.email, "ru")
    for page in pages:
        assert "Можно экспортировать" in body(russian.get(page)), page
    assert anna.client.get(stage(999, "decision")).status_code == 404


def test_the_panel_says_why_what_is_missing_and_what_would_lift_the_stop(anna: Member) -> None:
    page = body(anna.client.get(stage(taken_in(anna, evidence=[CONCERN]), "decision")))
    assert 'class="outcome o-hold"' in page
    assert "supplier of an army" in page
    assert "A permit of the Commission" in page
    page = body(anna.client.get(stage(taken_in(anna, reference="D-2", checks=[]), "decision")))
    assert "What is missing · 7" in page
    assert "/screening/#check-screening" in page


def test_todays_outcome_is_told_where_it_is_another(anna: Member) -> None:
    today = clock.today()
    permit = {**PERMIT, "valid_from": (today - timedelta(days=30)).isoformat(), "valid_until": (today - timedelta(days=1)).isoformat()}
    deal = taken_in(anna, date=(today - timedelta(days=5)).isoformat(), evidence=[CONCERN], permits=[permit])
    page = body(anna.client.get(stage(deal, "decision"))).split('id="decision"', 1)[1]
    assert page.index("o-proceed") < page.index("But for today") < page.index("Hold")
    assert 'class="outcome o-hold"' in page


def test_two_tabs_do_not_overwrite_each_other_and_keep_what_was_typed(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-risk", args=[deal])
    first = forms(anna.client.get(stage(deal, "decision")))[address]
    stages.depart(deal, by=anna.actor, seen=1, clause="5.2", text="other words", reason="their law")
    late = anna.client.post(address, {**first, "reason": "three front companies <b>"})
    assert late.status_code == 409
    page = late.content.decode()
    assert "Meanwhile Anna changed: departures under 1.4" in page
    assert "three front companies &lt;b&gt;" in page
    assert standing(deal).version.number == 2
    again = forms(late)[address]
    assert again["reason"] == "three front companies <b>"
    assert anna.client.post(address, again).status_code == 302
    assert standing(deal).content["risk"] == "identified"


def test_a_form_that_was_refused_may_be_sent_again(anna: Member) -> None:
    deal = taken_in(anna)
    address = reverse("deal-hold", args=[deal])
    held = forms(anna.client.get(stage(deal, "decision")))[address]
    refused = anna.client.post(address, {**held, "reason": " ", "ends_when": "x"})
    assert refused.status_code == 422
    assert "This field is required" in refused.content.decode()
    assert anna.client.post(address, {**forms(refused)[address], "reason": "a rumour", "ends_when": "it is looked into"}).status_code == 302
    assert len(standing(deal).holds) == 1


def test_who_lacks_the_role_is_refused_and_shown_no_form(anna: Member, vera: Member, boris: Member) -> None:
    deal = taken_in(anna)
    assert reverse("deal-hold", args=[deal]) not in body(vera.client.get(stage(deal, "decision")))
    assert vera.client.post(reverse("deal-hold", args=[deal]), {"reason": "x", "ends_when": "y"}).status_code == 403
    assert boris.client.post(reverse("deal-refuse", args=[deal]), {"reason": "x"}).status_code == 403


def test_a_deals_page_takes_a_bounded_number_of_queries(anna: Member, boris: Member) -> None:
    deal = released(anna, boris)
    for _ in range(3):
        approving.hold(deal, by=anna.actor, reason="r", ends_when="e")
    for number in range(3):
        evidence.record_evidence(deal, by=anna.actor, seen=number + 1, purpose="military", grade="alleged", source=f"paper {number}")
    anna.client.get(stage(deal, "decision"))
    with CaptureQueriesContext(connection) as caught:
        body(anna.client.get(stage(deal, "decision")))
    assert len(caught) <= 32


def test_the_shell_tells_a_release_that_has_fallen_and_records_that_moved_on(anna: Member, boris: Member) -> None:
    deal = released(anna, boris)
    assert "Released." in body(anna.client.get(stage(deal, "decision")))
    evidence.record_notice(deal, by=anna.actor, seen=1, written="yes", number="240/1", date="2026-10-20")
    page = body(anna.client.get(stage(deal, "decision")))
    assert "The release is suspended." in page
    assert "Release suspended" in page


def test_a_get_of_a_deeds_address_leads_to_its_form(anna: Member) -> None:
    deal = taken_in(anna)
    assert anna.client.get(reverse("deal-hold", args=[deal]))["Location"].endswith("/decision/#deed-hold")
    assert do(anna.client, deal, "decision", "hold", reason="a rumour", ends_when="it is looked into").status_code == 302
    assert datetime.now(UTC) - standing(deal).holds[0].at < timedelta(minutes=1)


def test_what_stands_against_the_deals_day_is_not_told_again_of_today() -> None:
    same = (Refusal("release.outcome", {"outcome": "hold"}), Refusal("release.outcome_today", {"outcome": "hold"}), Refusal("release.not_submitted"))
    other = (Refusal("release.outcome", {"outcome": "hold"}), Refusal("release.outcome_today", {"outcome": "refuse"}))
    assert (len(told_once(same)), len(told_once(other)), len(told_once(same[1:]))) == (2, 2, 2)
