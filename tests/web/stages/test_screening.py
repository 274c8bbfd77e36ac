"""Screening by hand: a result for each party, a match with what it is evidence of, and who is still to be screened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from enduse.casework import clock
from enduse.casework.deals.actions import approving, screening, stages
from enduse.domain.refusals import Refused
from tests.casework import listed
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def deal(anna: Member) -> int:
    return taken_in(anna, checks=["wmd"])


def test_each_party_is_screened_and_then_the_check_is_done(deal: int, anna: Member) -> None:
    address = stage(deal, "screening")
    assert "Still to be screened: Lakeside Telecom, Nairobi Care Line" in anna.client.get(address).content.decode()
    for place in (0, 1):
        filled = {f"party-{place}-outcome": "no_match", f"party-{place}-lists": "UN 2026-10-01\nRosfin", f"party-{place}-reason": "nobody alike"}
        assert form_on(anna.client, address, f"party-{place}").fill(**filled).send(anna.client, address).status_code == 302
    content = standing(deal).content
    assert [(row["party"], row["lists"]) for row in content["screening"]] == [
        ("Lakeside Telecom", ["UN 2026-10-01", "Rosfin"]),
        ("Nairobi Care Line", ["UN 2026-10-01", "Rosfin"]),
    ]
    assert "screening" in content["checks"]
    assert "Every named party" in anna.client.get(address).content.decode()


def test_a_result_takes_lists_and_a_reason(deal: int, anna: Member) -> None:
    address = stage(deal, "screening")
    assert form_on(anna.client, address, "party-0").fill(**{"party-0-outcome": "no_match"}).send(anna.client, address).status_code == 422


def test_a_match_becomes_evidence(deal: int, anna: Member) -> None:
    address = stage(deal, "screening")
    filled = {"party-0-outcome": "match", "party-0-lists": "UN", "party-0-reason": "same name and address"}
    form = form_on(anna.client, address, "party-0").fill(**filled)
    response = form.send(anna.client, address)
    assert response.status_code == 422
    assert "recorded with what it is evidence of" in response.content.decode()
    assert form.fill(**{"party-0-purpose": "wmd", "party-0-grade": "concern"}).send(anna.client, address).status_code == 302
    item = standing(deal).content["evidence"][0]
    assert (item["purpose"], item["grade"], item["party"], item["source"]) == ("wmd", "concern", "Lakeside Telecom", "UN: same name and address")


def test_a_party_without_a_name_cannot_be_screened(anna: Member) -> None:
    deal = taken_in(anna, parties=[{"role": "counterparty"}])
    page = anna.client.get(stage(deal, "screening")).content.decode()
    assert "The name is not known" in page


def test_what_the_deals_file_says_was_screened_is_not_told_as_still_to_be_screened(anna: Member) -> None:
    shown = anna.client.get(stage(taken_in(anna), "screening")).content.decode()
    assert "By the deal&#x27;s file" in shown
    assert "Still to be screened" not in shown and "not screened" not in shown


def test_a_name_is_the_same_however_it_is_spelt_unseen(anna: Member) -> None:
    soft = "Lake\u00adside Telecom"
    found = {
        "party": "Lakeside Telecom",
        "result": "no_match",
        "lists": ["UN"],
        "by": "Anna",
        "reason": "nobody alike",
        "date": clock.today().isoformat(),
    }
    parties = [{"role": "counterparty", "name": soft}, {"role": "end_user", "name": "Lakeside Telecom"}]
    deal = taken_in(anna, parties=parties, screening=[found], checks=["wmd"])
    page = anna.client.get(stage(deal, "screening")).content.decode()
    assert 'id="party-0"' in page and 'id="party-1"' not in page
    assert "nobody alike" in page
    assert "Still to be screened" not in page
    filled = {"party-0-outcome": "dismissed", "party-0-lists": "Rosfin", "party-0-reason": "another street"}
    assert form_on(anna.client, stage(deal, "screening"), "party-0").fill(**filled).send(anna.client, stage(deal, "screening")).status_code == 302
    assert "another street" in anna.client.get(stage(deal, "screening")).content.decode()


# searching


def run(deal: int, member: Member) -> HttpResponse:
    address = stage(deal, "screening")
    return form_on(member.client, address, "run").send(member.client, address)


@pytest.mark.usefixtures("no_lists")
def test_the_button_searches_for_every_party(deal: int, anna: Member) -> None:
    listed.hold({**listed.LISTED, "name": "Ozymandias Plumbworth"})
    assert run(deal, anna).status_code == 302
    assert standing(deal).deal.searches.count() == 2
    page = anna.client.get(stage(deal, "screening")).content.decode()
    assert page.count("nothing found") == 2
    assert "Every named party" in page
    assert "screening" in standing(deal).content["checks"]


@pytest.mark.usefixtures("no_lists")
def test_a_list_that_is_too_old_is_told_as_an_error(deal: int, anna: Member) -> None:
    listed.hold({**listed.LISTED, "name": "Ozymandias Plumbworth"}, at=clock.now() - timedelta(days=500))
    assert run(deal, anna).status_code == 302
    page = anna.client.get(stage(deal, "screening")).content.decode()
    assert page.count("error: this is no answer") == 2
    assert "nothing found" not in page
    assert "Still to be screened" in page


@pytest.mark.usefixtures("no_lists")
def test_why_nothing_was_searched_is_told_at_the_form(deal: int, anna: Member) -> None:
    answer = run(deal, anna)
    assert answer.status_code == 422
    assert "no list is held" in answer.content.decode()
    assert not standing(deal).deal.searches.exists()


@pytest.mark.usefixtures("no_lists")
def test_who_was_slower_is_told(deal: int, anna: Member, oleg: Member) -> None:
    listed.hold(listed.LISTED)
    form = form_on(anna.client, stage(deal, "screening"), "run")
    stages.check(deal, by=oleg.actor, seen=1, word="terrorism", note="read")
    answer = form.send(anna.client, stage(deal, "screening"))
    assert answer.status_code == 409
    assert not standing(deal).deal.searches.exists()


@pytest.mark.usefixtures("no_lists")
def test_the_search_is_made_before_anything_is_locked(deal: int, anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    listed.hold(listed.LISTED)
    made, open_then = screening.prepare, []

    def prepare(*given: Any, **named: Any) -> Any:
        open_then.append(connection.in_atomic_block)
        return made(*given, **named)

    monkeypatch.setattr(screening, "prepare", prepare)
    assert run(deal, anna).status_code == 302
    assert open_then == [False]


@pytest.mark.usefixtures("no_lists")
def test_an_open_hit_lets_nothing_be_put_forward_on_the_pages(anna: Member) -> None:
    listed.hold(listed.LISTED)
    deal = taken_in(anna)
    assert run(deal, anna).status_code == 302
    for place in (0, 1):  # also where results are recorded by hand beside it
        filled = {f"party-{place}-outcome": "no_match", f"party-{place}-lists": "UN 2026-10-01", f"party-{place}-reason": "nobody alike"}
        address = stage(deal, "screening")
        assert form_on(anna.client, address, f"party-{place}").fill(**filled).send(anna.client, address).status_code == 302
    assert "screening" not in standing(deal).content["checks"]
    page = anna.client.get(stage(deal, "screening")).content.decode()
    assert "Still to be screened: Lakeside Telecom" in page
    assert "a result recorded by hand does not stand in for it" in page
    with pytest.raises(Refused):
        approving.submit(deal, by=anna.actor, seen=standing(deal).decided.signed)


@pytest.mark.usefixtures("no_lists")
def test_the_open_hit_of_a_former_party_is_shown_with_the_name_that_was_searched_and_settled(anna: Member) -> None:
    listed.hold(listed.LISTED)
    deal = taken_in(anna)
    assert run(deal, anna).status_code == 302
    parties = [{**standing(deal).content["parties"][0], "name": "Ozymandias Plumbworth"}, standing(deal).content["parties"][1]]
    stages.intake(deal, by=anna.actor, seen=2, changes={"parties": parties})
    assert run(deal, anna).status_code == 302
    address = stage(deal, "screening")
    page = anna.client.get(address).content.decode()
    first = standing(deal).deal.searches.order_by("pk")[0].pk
    assert f'id="former-{first}"' in page and "former party" in page
    assert "Hits of former parties are still to be settled: Lakeside Telecom" in page
    assert "Every named party" not in page
    name = f"hit-{first}-0"
    filled = {f"{name}-outcome": "dismissed", f"{name}-reason": "another street"}
    assert form_on(anna.client, address, name).fill(**filled).send(anna.client, address).status_code == 302
    page = anna.client.get(address).content.decode()
    assert "another street" in page and "still to be settled" not in page
    assert "screening" in standing(deal).content["checks"]


def test_who_is_named_but_no_party_is_told(anna: Member) -> None:
    assert "they are not searched for" not in anna.client.get(stage(taken_in(anna), "screening")).content.decode()
    deal = taken_in(anna, reference="D-2", payment={"payer": "Quill Bank"})
    assert "they are not searched for: Quill Bank" in anna.client.get(stage(deal, "screening")).content.decode()
