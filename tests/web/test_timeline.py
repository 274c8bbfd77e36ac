"""The history of a deal: every record in words, changes of the decision in sight, comments and handing over."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enduse.casework.deals.actions import evidence, files
from enduse.casework.deals.models import HandOver
from tests.web.conftest import Member
from tests.web.pages import do, standing, taken_in

pytestmark = pytest.mark.django_db


def page(member: Member, deal: int, query: str = "") -> str:
    response = member.client.get(reverse("deal-timeline", args=[deal]) + query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_a_change_of_the_decision_is_told_with_what_changed(anna: Member) -> None:
    deal = taken_in(anna)
    evidence.record_evidence(deal, by=anna.actor, seen=1, purpose="military", grade="concern", source="press")
    shown = page(anna, deal)
    assert "The decision changed: May proceed → Hold" in shown
    assert "Evidence was recorded" in shown
    assert "(knowledge of risk)" in shown
    assert "reasonable" in shown or "concern" in shown


def test_comments_and_handing_over(anna: Member, elena: Member) -> None:
    deal = taken_in(anna)
    assert do(anna.client, deal, "timeline", "comment", text="<i>call</i> them").status_code == 302
    assert "&lt;i&gt;call&lt;/i&gt; them" in page(anna, deal)
    assert elena.client.get(reverse("deal-timeline", args=[deal])).status_code == 404
    assert do(anna.client, deal, "timeline", "hand_over", to=elena.person, stage="identification", note="please sign").status_code == 302
    assert "please sign" in page(elena, deal)
    assert "Elena" in page(anna, deal)
    assert standing(deal).deal.handler_id == anna.person
    assert do(anna.client, deal, "timeline", "hand_over", to=elena.person).status_code == 302
    assert standing(deal).deal.handler_id == elena.person
    assert do(anna.client, deal, "timeline", "hand_over", to=999).status_code == 422
    assert HandOver.objects.count() == 2


def test_an_expert_may_comment_but_not_hand_over(anna: Member, elena: Member) -> None:
    deal = taken_in(anna)
    files.hand_over(deal, by=anna.actor, to=elena.person)
    assert "deed-hand_over" not in page(elena, deal)
    assert elena.client.post(reverse("deal-hand_over", args=[deal]), {"to": elena.person}).status_code == 403
    assert do(elena.client, deal, "timeline", "comment", text="seen").status_code == 302


def test_older_records_are_a_page_away_and_the_queries_stay_few(anna: Member) -> None:
    deal = taken_in(anna)
    page(anna, deal)
    for number in range(60):
        files.comment(deal, by=anna.actor, text=f"note {number}.")
    with CaptureQueriesContext(connection) as caught:
        shown = page(anna, deal)
    assert len(caught) <= 30
    assert "note 59." in shown
    assert "note 5." not in shown
    older = shown.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert "note 5." in page(anna, deal, older)
    assert page(anna, deal, "?before=nonsense")
