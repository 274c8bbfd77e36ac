"""A new deal: a reference that is free, a counterparty and a solution typed or taken from the records, then the intake."""

from __future__ import annotations

import pytest

from enduse.casework import clock
from enduse.casework.deals.models import Deal
from enduse.casework.parties.models import Party
from enduse.casework.solutions.models import Solution
from tests.web.conftest import Member
from tests.web.pages import standing, taken_in
from tests.web.stages.forms_on_page import form_on

pytestmark = pytest.mark.django_db(transaction=True)

NEW = "/deals/new/"


def test_sales_files_a_deal_and_goes_on_to_its_intake(ivan: Member) -> None:
    form = form_on(ivan.client, NEW, "new")
    assert dict(form.fields)["reference"] == f"D-{clock.today().year}-001"
    response = form.fill(title="A pilot", name="Lakeside", kind="company", country="KE", solution="Slovo", version="1.10").send(ivan.client, NEW)
    deal = Deal.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/deals/{deal.pk}/intake/"
    content = standing(deal.pk).content
    assert content["parties"] == [{"role": "counterparty", "name": "Lakeside", "kind": "company", "country": "KE"}]
    assert content["solution"] == {"name": "Slovo", "version": "1.10"}


def test_a_reference_alone_is_enough_and_is_taken_once(anna: Member) -> None:
    assert form_on(anna.client, NEW, "new").fill(reference="X-1").send(anna.client, NEW).status_code == 302
    response = form_on(anna.client, NEW, "new").fill(reference="X-1", title="Kept").send(anna.client, NEW)
    assert response.status_code == 422
    assert "there is a deal `X-1` already" in response.content.decode()
    assert 'value="Kept"' in response.content.decode()


def test_a_counterparty_and_a_solution_come_from_the_records(anna: Member) -> None:
    taken_in(anna, parties=[{"role": "end_user", "name": "Wadi Qamar", "kind": "company", "country": "OM", "address": "Salalah"}])
    party, solution = Party.objects.get(), Solution.objects.get()
    assert f"record={party.pk}" in anna.client.get(f"{NEW}?find=wadi").content.decode()
    form = form_on(anna.client, f"{NEW}?record={party.pk}", "new").fill(reference="X-2", record=str(solution.pk))
    assert form.send(anna.client, f"{NEW}?record={party.pk}").status_code == 302
    content = standing(Deal.objects.get(reference="X-2").pk).content
    assert content["parties"] == [{"role": "counterparty", "name": "Wadi Qamar", "kind": "company", "country": "OM", "address": "Salalah"}]
    assert content["solution"] == {"name": "Slovo", "version": "1.10", "hardware": "no"}
    assert Party.objects.count() == 1


def test_identification_is_never_taken_from_the_records(anna: Member) -> None:
    taken_in(anna)
    form = form_on(anna.client, NEW, "new").fill(reference="X-3", record=str(Solution.objects.get().pk))
    form.send(anna.client, NEW)
    assert "identification" not in standing(Deal.objects.get(reference="X-3").pk).content["solution"]


def test_one_solution_only(anna: Member) -> None:
    taken_in(anna)
    form = form_on(anna.client, NEW, "new").fill(reference="X-4", record=str(Solution.objects.get().pk), solution="Another")
    assert form.send(anna.client, NEW).status_code == 422


def test_sales_does_not_look_into_the_records(ivan: Member, anna: Member) -> None:
    taken_in(anna)
    page = ivan.client.get(NEW).content.decode()
    assert "Find in the records" not in page
    assert "Slovo" not in page
    assert ivan.client.get(f"{NEW}?record={Party.objects.order_by('pk')[0].pk}").status_code == 403


def test_who_files_no_deals_does_not_come_here(vera: Member) -> None:
    assert vera.client.get(NEW).status_code == 403
