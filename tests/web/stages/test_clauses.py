"""The contract: clauses settled, the contract described, documents listed and the record excused, each for itself."""

from __future__ import annotations

import pytest
from django.conf import settings

from enduse.casework.deals.actions import stages
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_leaving_the_clauses_out_stands_under_a_name_with_its_reason(anna: Member) -> None:
    deal = taken_in(anna, contract=None)
    address = stage(deal, "clauses")
    form = form_on(anna.client, address, "settle").fill(settle__state="excused", settle__reason="a public licence")
    assert form.send(anna.client, address).status_code == 302
    assert standing(deal).content["contract"]["clauses"] == {"state": "excused", "reason": "a public licence", "by": anna.actor.signature}


def test_the_contract_is_described(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    filled = {"contract-kind": "export", "contract-drafted_by": "us", "contract-end_use_purpose": "call centre"}
    assert form_on(anna.client, address, "contract").fill(**filled).send(anna.client, address).status_code == 302
    assert standing(deal).content["contract"] == {"clauses": "agreed", "kind": "export", "drafted_by": "us", "end_use_purpose": "call centre"}
    assert form_on(anna.client, address, "contract").fill(contract__kind="").send(anna.client, address).status_code == 302
    assert "kind" not in standing(deal).content["contract"]


def test_documents_are_added_and_taken_out(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    more = form_on(anna.client, address, "documents").send(anna.client, address, ("rows", "documents-documents add"))
    filled = {"documents-documents-1-kind": "act", "documents-documents-1-number": "2", "documents-documents-1-date": "02.11.2026"}
    assert posts_of(more)["documents"].fill(**filled).send(anna.client, address).status_code == 302
    assert standing(deal).content["documents"][1] == {"kind": "act", "number": "2", "date": "2026-11-02"}
    fewer = form_on(anna.client, address, "documents").fill(**{"documents-documents-row": ["1"]})
    assert fewer.send(anna.client, address).status_code == 302
    assert [row["number"] for row in standing(deal).content["documents"]] == ["2"]


def test_a_record_left_out_says_why(anna: Member) -> None:
    deal = taken_in(anna, documents=None)
    address = stage(deal, "clauses")
    assert "a document with number and date" in anna.client.get(address).content.decode()
    assert form_on(anna.client, address, "documents").fill(documents__excused="no").send(anna.client, address).status_code == 422
    assert form_on(anna.client, address, "documents").fill(documents__excused="kept elsewhere").send(anna.client, address).status_code == 302
    assert standing(deal).content["record"] == {"excused": "kept elsewhere"}


def test_a_document_that_a_colleague_added_meanwhile_stays(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    mine = form_on(anna.client, address, "documents").send(anna.client, address, ("rows", "documents-documents add"))
    papers = standing(deal).content["documents"]
    stages.document(deal, by=anna.actor, seen=1, documents=[*papers, {"kind": "invoice", "number": "88"}])
    filled = {"documents-documents-0-number": "7/26-A", "documents-documents-1-kind": "act", "documents-documents-1-number": "2"}
    late = posts_of(mine)["documents"].fill(**filled).send(anna.client, address)
    assert late.status_code == 409
    assert "documents" in late.content.decode()
    assert posts_of(late)["documents"].send(anna.client, address).status_code == 302
    assert [row["number"] for row in standing(deal).content["documents"]] == ["7/26-A", "88", "2"]


def test_more_documents_than_may_be_added_are_all_shown_and_kept(anna: Member) -> None:
    papers = [{"kind": "invoice", "number": str(number)} for number in range(205)]
    deal = taken_in(anna, documents=papers)
    address = stage(deal, "clauses")
    form = form_on(anna.client, address, "documents")
    assert ("rows", "documents-documents add") not in form.buttons
    assert form.fill(**{"documents-documents-204-date": "02.11.2026"}).send(anna.client, address).status_code == 302
    assert standing(deal).content["documents"] == [*papers[:-1], {**papers[-1], "date": "2026-11-02"}]
    more = form_on(anna.client, address, "documents")
    more.fields += [("documents-documents-row", "205"), ("documents-documents-205-kind", "act")]
    refused = more.send(anna.client, address)
    assert refused.status_code == 422
    assert "Rows can be added here up to 200" in refused.content.decode()
    assert len(standing(deal).content["documents"]) == 205


def test_more_fields_than_a_form_may_have_are_refused_in_words(anna: Member) -> None:
    deal = taken_in(anna)
    address = stage(deal, "clauses")
    form = form_on(anna.client, address, "documents")
    form.fields += [(f"documents-documents-{number}-kind", "act") for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)]
    refused = form.send(anna.client, address)
    assert refused.status_code == 413
    assert "The form has more fields than are taken at once" in refused.content.decode()
    assert standing(deal).version.number == 1
