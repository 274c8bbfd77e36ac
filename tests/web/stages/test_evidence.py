"""What is known of a deal: recorded with source and grade, rebutted by another person, never removed."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files
from tests.web.conftest import Member, _added
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {"record-purpose": "military", "record-grade": "alleged", "record-source": "trade press, 2026-10-11"}


@pytest.fixture
def oleg(root: Member) -> Member:
    """Another officer."""
    return _added(root, "Oleg", "officer")


def test_an_item_is_recorded_under_the_name_of_who_brings_it(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "evidence")
    form = form_on(anna.client, address, "record").fill(**SAID, **{"record-party": "Lakeside Telecom", "record-reliability": "low"})
    assert form.send(anna.client, address).status_code == 302
    item = standing(deal).content["evidence"][0]
    assert (item["id"], item["recorded_by"], item["reliability"], item["party"]) == ("e1", anna.actor.signature, "low", "Lakeside Telecom")
    assert standing(deal).decided.decision.facts["military_evidence"] == "alleged"


def test_another_person_rebuts_it_and_the_page_says_that_it_counts(anna: Member, oleg: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "evidence")
    form_on(anna.client, address, "record").fill(**SAID).send(anna.client, address)
    own = anna.client.get(address)
    assert "item-0" not in posts_of(own)  # type: ignore[arg-type]
    assert "only another person may rebut it" in own.content.decode()
    form = form_on(oleg.client, address, "item-0").fill(**{"item-0-source": "site visit, minutes 14"})
    assert form.send(oleg.client, address).status_code == 302
    assert standing(deal).decided.decision.facts["military_evidence"] == "none"
    text = oleg.client.get(address).content.decode()
    assert "Rebuttal e2" in text
    assert "rebutted" in text


def test_a_rebuttal_that_does_not_count_says_why(anna: Member) -> None:
    rumour = {"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "anna"}
    answer = {"id": "e2", "purpose": "military", "grade": "clearing", "rebuts": "e1", "source": "visit", "recorded_by": "ANNA"}
    deal = taken_in(anna, evidence=[rumour, answer])
    assert "does not count: the same person recorded both" in anna.client.get(stage(deal, "evidence")).content.decode()


def test_confirmed_takes_a_file(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "evidence")
    confirmed = {**SAID, "record-grade": "confirmed"}
    assert form_on(anna.client, address, "record").fill(**confirmed).send(anna.client, address).status_code == 422
    digest = "sha256:" + "1" * 64
    files.attach(deal, by=anna.actor, seen=None, stage="evidence", name="letter.pdf", digest=digest, size=1, media_type="application/pdf")
    form = form_on(anna.client, address, "record").fill(**confirmed, **{"record-attachments": digest})
    assert form.send(anna.client, address).status_code == 302
    assert standing(deal).content["evidence"][0]["attachments"] == [digest]
    assert "letter.pdf" in anna.client.get(address).content.decode()


def test_nothing_on_the_page_removes_an_item(anna: Member, oleg: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "evidence")
    form_on(anna.client, address, "record").fill(**SAID).send(anna.client, address)
    page = oleg.client.get(address)
    assert set(posts_of(page)) == {"record", "item-0"}  # type: ignore[arg-type]
    assert "Nothing here can be removed or changed (3.1)" in page.content.decode()
