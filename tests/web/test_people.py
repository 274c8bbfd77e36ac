"""The people's pages: administrators edit, auditors read, nobody else sees them; every form says what is wrong."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from enduse.casework import clock
from enduse.casework.ledger.models import Record
from enduse.casework.people.models import Account, Grant, Person, Substitution
from tests.web.conftest import PASSWORD, Member, signed_in

pytestmark = pytest.mark.django_db
NEW = "another horse battery 10"


def last() -> str:
    return Record.objects.order_by("-index").values_list("kind", flat=True)[0]


def test_the_list_finds_by_name_e_mail_number_and_role(root: Member, anna: Member) -> None:
    root.client.post("/people/add/", {"name": "Ёлкина Ольга", "personnel_number": "00417", "roles": ["expert", "lawyer"]})
    for query, found in (("q=ёлк", True), ("q=ЁЛКИНА", True), ("q=00417", True), ("q=anna", False), ("role=lawyer", True), ("role=officer", False)):
        assert ("Ёлкина" in root.client.get(f"/people/?{query}").content.decode()) == found, query
    assert "Nobody was found" in root.client.get("/people/?q=zzzz").content.decode()
    assert root.client.get("/people/?role=emperor").status_code == 200


def test_somebody_new_can_sign_in(root: Member) -> None:
    given = {"name": "Пётр <b>", "email": "petr@example.ru", "roles": ["officer"], "password": NEW}
    answer = root.client.post("/people/add/", given, follow=True)
    assert "The person was added" in answer.content.decode()
    assert "Пётр &lt;b&gt;" in answer.content.decode()
    assert last() == "people.added"
    assert Client().post("/accounts/login/", {"login": "petr@example.ru", "password": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "", "email": "p@example.ru"}, "This field is required"),
        ({"name": "Petr"}, "there is nothing to know the person by"),
        ({"name": "Petr", "email": "root@example.ru"}, "somebody"),
        ({"name": "Petr", "email": "p@example.ru", "password": "short"}, "the password will not do"),
        ({"name": "Petr", "email": "p@example.ru", "roles": ["emperor"]}, "emperor"),
        ({"name": "Petr", "email": "nowhere"}, "nowhere"),
    ],
)
def test_what_is_wrong_with_somebody_new_is_told_and_nobody_is_added(root: Member, given: dict[str, object], told: str) -> None:
    before = (Person.objects.count(), Record.objects.count())
    answer = root.client.post("/people/add/", given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "error-summary" in answer.content.decode()
    assert (Person.objects.count(), Record.objects.count()) == before


def test_a_role_is_given_and_taken_back(root: Member, anna: Member) -> None:
    path = f"/people/{anna.person}/"
    assert root.client.post(f"{path}roles/give/", {"role": "lawyer"})["Location"] == path
    assert last() == "people.role_granted"
    assert set(anna.actor.roles) == {"officer", "expert", "lawyer"}
    assert root.client.post(f"{path}roles/take/", {"role": "officer"})["Location"] == path
    assert set(anna.actor.roles) == {"expert", "lawyer"}
    again = root.client.post(f"{path}roles/take/", {"role": "officer"})
    assert again.status_code == 422
    assert "does not have this role" in again.content.decode()


def test_nobody_gives_themselves_a_role(root: Member) -> None:
    answer = root.client.post(f"/people/{root.person}/roles/give/", {"role": "approver"})
    assert answer.status_code == 422
    assert "nobody gives a role to themselves" in answer.content.decode()
    assert not Grant.objects.filter(person=root.person, role="approver").exists()


def test_the_last_administrator_stays(root: Member) -> None:
    assert root.client.post(f"/people/{root.person}/roles/take/", {"role": "administrator"}).status_code == 422
    own = root.client.post(f"/people/{root.person}/accounts/{root.account}/off/")
    assert own.status_code == 422
    assert root.client.get("/me/").status_code == 200


def test_a_second_account_is_the_same_person(root: Member, anna: Member) -> None:
    given = {"email": "anna2@example.ru", "password": NEW}
    root.client.post(f"/people/{anna.person}/accounts/add/", given)
    assert last() == "people.account_added"
    assert signed_in("anna2@example.ru").get("/people/").status_code == 403
    assert Account.objects.get(email="anna2@example.ru").person_id == anna.person
    assert root.client.post(f"/people/{anna.person}/accounts/add/", given).status_code == 422


def test_an_account_is_switched_off_and_on_again(root: Member, anna: Member) -> None:
    path = f"/people/{anna.person}/accounts/{anna.account}/"
    root.client.post(f"{path}off/")
    assert anna.client.get("/me/").status_code == 302
    root.client.post(f"{path}on/")
    assert Client().post("/accounts/login/", {"login": anna.email, "password": PASSWORD})["Location"] == "/"


def test_a_forgotten_password_is_set_anew_and_sessions_end(root: Member, anna: Member) -> None:
    path = f"/people/{anna.person}/password/"
    short = root.client.post(path, {"account": anna.account, "password": "short"})
    assert short.status_code == 422
    assert root.client.post(path, {"account": anna.account, "password": NEW}).status_code == 302
    assert last() == "people.password_set"
    assert anna.client.get("/me/").status_code == 302
    assert Client().post("/accounts/login/", {"login": anna.email, "password": NEW})["Location"] == "/"


def test_an_account_of_somebody_else_is_not_reached_through_a_person(root: Member, anna: Member, boris: Member) -> None:
    assert root.client.post(f"/people/{anna.person}/password/", {"account": boris.account, "password": NEW}).status_code == 422
    assert root.client.post(f"/people/{anna.person}/accounts/{boris.account}/off/").status_code in (404, 422)
    assert Account.objects.get(pk=boris.account).is_active


def test_a_second_step_that_is_not_there_is_not_taken_off(root: Member, anna: Member) -> None:
    answer = root.client.post(f"/people/{anna.person}/accounts/{anna.account}/step/")
    assert answer.status_code == 422
    assert "has no second step" in answer.content.decode()


def test_leaving_is_confirmed_and_final(root: Member, anna: Member) -> None:
    path = f"/people/{anna.person}/"
    assert root.client.post(f"{path}left/").status_code == 422
    assert root.client.post(f"{path}left/", {"sure": "on"}).status_code == 302
    page = root.client.get(path).content.decode()
    assert "left " in page and "roles/give" not in page
    assert root.client.post(f"{path}accounts/{anna.account}/on/").status_code == 422
    assert "Anna" not in root.client.get("/people/").content.decode()
    assert "Anna" in root.client.get("/people/?left=on").content.decode()


def test_whoever_left_comes_back_to_the_same_page(root: Member, anna: Member, vera: Member) -> None:
    path = f"/people/{anna.person}/"
    root.client.post(f"{path}left/", {"sure": "on"})
    assert "returned/" in root.client.get(path).content.decode()
    assert "returned/" not in vera.client.get(path).content.decode()
    assert vera.client.post(f"{path}returned/", {"roles": ["lawyer"]}).status_code == 403
    assert root.client.post(f"{path}returned/", {"accounts": [root.account]}).status_code == 422
    again = root.client.post(f"{path}returned/", {"roles": ["lawyer"], "accounts": [anna.account]}, follow=True).content.decode()
    assert "It is on record that they came back" in again and "a person works here again" in again
    assert "roles/give" in again and "returned/" not in again
    assert set(anna.actor.roles) == {"lawyer"}
    assert Client().post("/accounts/login/", {"login": anna.email, "password": PASSWORD})["Location"] == "/"
    assert root.client.post(f"{path}returned/", {"roles": ["officer"]}).status_code == 422


def test_an_administrator_names_and_ends_substitutes(root: Member, anna: Member, boris: Member) -> None:
    today = clock.today()
    given = {"substitute": boris.person, "since": today, "until": today + timedelta(days=3), "reason": "Leave"}
    assert root.client.post(f"/people/{anna.person}/substitutes/", given).status_code == 302
    assert boris.actor.absent == {anna.person}
    page = root.client.get(f"/people/{anna.person}/").content.decode()
    assert "in force" in page and "Leave" in page
    answer = root.client.post(f"/substitutes/{Substitution.objects.get().pk}/end/")
    assert answer["Location"] == f"/people/{anna.person}/"
    assert boris.actor.absent == frozenset()
    assert root.client.post(f"/people/{anna.person}/substitutes/", given | {"until": "2020-01-01"}).status_code == 422


def test_auditors_read_and_change_nothing(vera: Member, anna: Member) -> None:
    path = f"/people/{anna.person}/"
    for address in ("/people/", path):
        page = vera.client.get(address).content.decode()
        assert "<form method" not in page.split("<main", 1)[1]
    before = Record.objects.count()
    for address in ("roles/give/", "roles/take/", "accounts/add/", "password/", "left/", "substitutes/", f"accounts/{anna.account}/off/"):
        assert vera.client.post(path + address, {"role": "officer"}).status_code == 403, address
    assert vera.client.get("/people/add/").status_code == 403
    assert Record.objects.count() == before


def test_nobody_else_sees_people(anna: Member, gleb: Member) -> None:
    for member in (anna, gleb):
        assert member.client.get("/people/").status_code == 403
        assert member.client.get(f"/people/{anna.person}/").status_code == 403


def test_a_person_who_is_not_there_is_not_found(root: Member) -> None:
    assert root.client.get("/people/9999/").status_code == 404
    assert root.client.post("/people/9999/roles/give/", {"role": "officer"}).status_code == 404


def test_a_reload_of_a_forms_address_leads_to_the_person(root: Member, anna: Member) -> None:
    for address in ("roles/give/", "password/", "left/", "substitutes/", f"accounts/{anna.account}/off/"):
        assert root.client.get(f"/people/{anna.person}/{address}")["Location"] == f"/people/{anna.person}/"


def test_no_two_fields_of_a_page_share_an_id(root: Member, anna: Member) -> None:
    page = root.client.get(f"/people/{anna.person}/").content.decode()
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))
