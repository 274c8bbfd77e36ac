"""Errors as pages: in both languages, in the same look, with a way on, and never a traceback."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, close_old_connections, connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from enduse.casework.people.models import Account
from tests import databases
from tests.web.conftest import Member, signed_in

pytestmark = pytest.mark.django_db
BOTH = pytest.mark.parametrize("language", ["ru", "en"])
PLACES = ("enduse.web.middleware.actor_of", "enduse.web.me.person_row", "django.contrib.sessions.backends.db.SessionStore.load")
TITLES = {
    400: ("Запрос не разобрать", "The request makes no sense"),
    403: ("Сюда нельзя", "Not for you to open"),
    404: ("Такой страницы нет", "There is no such page"),
    500: ("Ошибка на нашей стороне", "The fault is ours"),
    503: ("База данных не отвечает", "The database does not answer"),
}


def breaking(monkeypatch: pytest.MonkeyPatch, place: str, error: Exception) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(place, broken)


def check(client: Client, path: str, status: int, language: str) -> str:
    client.raise_request_exception = False
    answer = client.get(path)
    page: str = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{TITLES[status][language == 'en']}</h1>" in page
    assert f'<html lang="{language}">' in page
    assert 'href="/"' in page
    assert "Traceback" not in page and "secret" not in page
    return page


@BOTH
def test_an_address_at_which_nothing_stands(anna: Member, language: str) -> None:
    check(Client(headers={"accept-language": language}), "/nothing/", 404, language)
    check(signed_in(anna.email, language), "/deals/99999999999999999999/", 404, language)


@BOTH
def test_what_is_not_for_this_reader(anna: Member, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    check(signed_in(anna.email, language), "/people/", 403, language)
    breaking(monkeypatch, "enduse.web.me.person_row", PermissionDenied("secret"))
    check(signed_in(anna.email, language), "/me/", 403, language)


@BOTH
def test_another_hosts_name(language: str) -> None:
    client = Client(headers={"accept-language": language, "host": "evil.example"})
    check(client, "/accounts/login/", 400, language)


@BOTH
def test_our_own_fault_is_told_without_asking_the_database(
    anna: Member, monkeypatch: pytest.MonkeyPatch, language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = signed_in(anna.email, language)
    breaking(monkeypatch, "enduse.web.middleware.actor_of", RuntimeError("secret"))
    client.cookies["enduse_language"] = language
    with django_assert_num_queries(3):  # the session, the account and the person: the page itself asks nothing
        check(client, "/me/", 500, language)


@BOTH
@pytest.mark.parametrize(
    "place", ["enduse.web.middleware.actor_of", "enduse.web.me.person_row", "django.contrib.sessions.backends.db.SessionStore.load"]
)
def test_a_database_that_went_away_is_said_apart(anna: Member, monkeypatch: pytest.MonkeyPatch, place: str, language: str) -> None:
    client = signed_in(anna.email, language)
    client.cookies["enduse_language"] = language
    breaking(monkeypatch, place, OperationalError("secret: server closed the connection"))
    page = check(client, "/me/?a=1&b=%22", 503, language)
    assert 'href="/me/?a=1&amp;b=%22"' in page
    assert "half-written" in page or "наполовину" in page


def test_a_database_that_comes_back_is_used_again(transactional_db: None, anna: Member) -> None:
    if databases.kind() != "postgresql":
        connection.close()
        assert anna.client.get("/me/").status_code == 200
        return
    anna.client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (own,) = cursor.fetchone()
    other = connection.copy("other")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [own])
    other.close()
    assert anna.client.get("/me/").status_code == 503  # it died under the request's feet
    close_old_connections()  # as Django does when the next request begins
    assert anna.client.get("/me/").status_code == 200


@BOTH
def test_a_forged_or_stale_form_changes_nothing_and_says_so(anna: Member, language: str) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": language})
    client.force_login(Account.objects.get(pk=anna.account))
    client.cookies["enduse_language"] = language
    answer = client.post("/me/substitutes/", {"csrfmiddlewaretoken": "x" * 32})
    assert answer.status_code == 403
    assert ("Форма не принята" if language == "ru" else "The form was not taken") in answer.content.decode()


def test_too_many_attempts_are_a_page(anna: Member) -> None:
    client = Client(headers={"accept-language": "en"})
    said = [client.post("/accounts/login/", {}) for _ in range(31)]
    assert said[-1].status_code == 429
    assert "Too many attempts in a row" in said[-1].content.decode()
