"""Deeds: each has an address marked with its verb, words of its own, and is offered only to who may do it."""

from __future__ import annotations

from typing import cast

import pytest
from django.urls import resolve, reverse

from enduse.casework.people.roles import POWERS
from enduse.web.access import Marked
from enduse.web.case_urls import PAGES
from enduse.web.deeds import Deed
from enduse.words import TABLE
from tests.web.conftest import Member
from tests.web.pages import forms, stage, taken_in

DEEDS: list[Deed] = [deed for page in PAGES for deed in page.deeds]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_deed_has_its_verb_and_its_words(deed: Deed) -> None:
    assert deed.verb in POWERS
    assert {f"deed.{deed.name}", f"deed.{deed.name}.do", f"deed.{deed.name}.done"} <= set(TABLE)
    view = resolve(reverse(f"deal-{deed.name}", args=[1])).func
    assert cast(Marked, view).verbs == {"GET": "deals.see", "POST": deed.verb}


def test_names_are_used_once() -> None:
    assert len({deed.name for deed in DEEDS}) == len(DEEDS)


@pytest.mark.django_db
def test_only_what_the_reader_may_do_is_offered(anna: Member, vera: Member) -> None:
    deal = taken_in(anna)
    for page in ("decision", "approval", "release", "register"):
        assert not [action for action in forms(vera.client.get(stage(deal, page))) if action.startswith("/deals/") and action != "/deals/"]
    assert reverse("deal-submit", args=[deal]) in forms(anna.client.get(stage(deal, "approval")))


@pytest.mark.django_db
def test_fields_of_one_page_have_ids_of_their_own(anna: Member) -> None:
    page = anna.client.get(stage(taken_in(anna), "decision")).content.decode()
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert all(ids) and len(ids) == len(set(ids))
