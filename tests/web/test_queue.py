"""The queue: who sees what first, what the filters in the address do, and that its cost does not grow with its length."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enduse.casework.deals.actions import files
from tests.web.conftest import Member
from tests.web.pages import approved, put_forward, taken_in

pytestmark = pytest.mark.django_db


def text(member: Member, query: str = "") -> str:
    response = member.client.get(f"/deals/{query}")
    assert response.status_code == 200
    return str(response.content.decode())


def test_an_officer_sees_what_goes_on_and_an_approver_what_waits_for_them(anna: Member, boris: Member) -> None:
    taken_in(anna, reference="D-open")
    put_forward(taken_in(anna, reference="D-asked"), anna)
    assert "D-open" in text(anna)
    assert "D-asked" in text(anna)
    assert "D-open" not in text(boris)
    assert "D-asked" in text(boris)


def test_an_initiator_sees_their_own_and_an_expert_what_was_handed_to_them(anna: Member, ivan: Member, elena: Member, gleb: Member) -> None:
    taken_in(ivan, reference="D-ivan")
    handed = taken_in(anna, reference="D-handed")
    files.hand_over(handed, by=anna.actor, to=elena.person, stage="identification")
    assert "D-ivan" in text(ivan)
    assert "D-handed" not in text(ivan, "?status=all")
    assert "D-handed" in text(elena)
    assert "D-ivan" not in text(elena, "?status=all")
    assert "D-" not in text(gleb, "?status=all").split("<main", 1)[1]


def test_filters_live_in_the_address_and_stay_in_its_links(anna: Member) -> None:
    taken_in(anna, reference="D-clean")
    taken_in(anna, reference="D-open-question", contract=None)
    page = text(anna, "?outcome=proceed&status=all")
    assert "D-clean" in page
    assert "D-open-question" not in page
    assert 'value="proceed" selected' in page
    assert "D-clean" not in text(anna, "?stage=clauses")
    assert "D-clean" not in text(anna, "?status=ended")


def test_search_knows_neither_case_nor_script(anna: Member) -> None:
    taken_in(anna, reference="D-1", title="Видеоаналитика для Аэропорта")
    taken_in(anna, reference="D-2", title="Call centre")
    for q in ("аэропорт", "АЭРОПОРТ видео", "d-1", "nairobi аэропорта"):
        page = text(anna, f"?q={quote(q)}")
        assert "D-1" in page, q
        assert "D-2" not in page.split("<main", 1)[1] or q == "nairobi"
    assert "No deal fits" in text(anna, "?q=nothing+of+the+kind")
    assert "No deal fits" in text(anna, "?q=%25_%27--")
    assert anna.client.get("/deals/?q=%00").status_code == 422


def test_what_has_a_deal_may_be_asked(anna: Member, elena: Member) -> None:
    deal = taken_in(anna, reference="D-hers")
    files.hand_over(deal, by=anna.actor, to=elena.person)
    assert "D-hers" in text(anna, f"?who={elena.person}")
    assert "D-hers" not in text(anna, f"?who={anna.person}")
    assert anna.client.get("/deals/?who=999999").status_code == 422
    assert anna.client.get("/deals/?status=bogus").status_code == 422


def test_older_pages_skip_nothing_and_repeat_nothing(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        taken_in(anna, reference=f"D-{number}")
    monkeypatch.setattr("enduse.casework.deals.queue.queue.__kwdefaults__", {"after": "", "size": 3})
    found, query = [], "?status=all"
    for _ in range(3):
        page = text(anna, query)
        found += [f"D-{number}" for number in range(7) if f"<b>D-{number}</b>" in page]
        query = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else ""
    assert sorted(found) == [f"D-{number}" for number in range(7)]
    assert query == ""
    assert anna.client.get("/deals/?after=nonsense_1").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_queue(anna: Member) -> None:
    counts: list[int] = []
    text(anna)  # a sitting begins with a query of its own
    for number in range(60):
        taken_in(anna, reference=f"D-{number}")
        if number in (2, 59):
            with CaptureQueriesContext(connection) as caught:
                page = text(anna)
            counts.append(len(caught))
            assert page.count("<b>D-") == min(number + 1, 50)
    assert counts[0] == counts[1] <= 16


def test_an_empty_queue_says_what_to_do(anna: Member, boris: Member, elena: Member) -> None:
    assert "File the first one" in text(anna)
    assert "awaits approval" in text(boris)
    assert "handed to you" in text(elena)


def test_a_name_is_text_and_never_markup(anna: Member) -> None:
    taken_in(
        anna,
        reference="D-1",
        title="<script>alert(1)</script>",
        parties=[{"role": "counterparty", "name": "<b>x</b>\"'", "kind": "company", "country": "KE"}],
    )
    page = text(anna, "?q=" + quote('"><script>'))
    assert "<script" not in page
    assert "<script" not in text(anna)
    assert "&lt;b&gt;x&lt;/b&gt;" in text(anna)


def test_a_queue_tells_status_stage_and_what_is_missing(anna: Member, boris: Member) -> None:
    approved(taken_in(anna, reference="D-1"), anna, boris)
    taken_in(anna, reference="D-2", checks=["wmd"])
    page = text(anna)
    assert "Approved" in page
    assert "Release" in page
    assert "answers missing: 6" in page
