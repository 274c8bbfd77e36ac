"""What every request goes through: how long a sitting lasts, how much is taken, the language, refusals as pages."""

from __future__ import annotations

from datetime import timedelta
from html import escape

import pytest
from django.conf import settings
from django.test import Client

from enduse.casework import clock
from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.accounts import set_password
from enduse.casework.people.models import Account
from enduse.domain.refusals import NotAllowed, Refusal, Refused, Stale
from tests.web.conftest import Member, signed_in

pytestmark = pytest.mark.django_db
NEW = "another horse battery 10"


def test_a_sitting_ends_after_its_hours_however_busy(anna: Member) -> None:
    begun = clock.now()
    client = signed_in(anna.email)
    for minutes in range(0, settings.SESSION_COOKIE_AGE // 60, 60):
        with clock.at(begun + timedelta(minutes=minutes)):
            assert client.get("/me/").status_code == 200
    with clock.at(begun + timedelta(seconds=settings.SESSION_COOKIE_AGE)):
        ended = client.get("/me/", follow=True)
    assert ended.request["PATH_INFO"] == "/accounts/login/"
    assert "Your session has ended" in ended.content.decode()


def test_a_desk_left_open_is_closed_after_two_hours(anna: Member) -> None:
    begun = clock.now()
    client = signed_in(anna.email)
    client.get("/me/")
    with clock.at(begun + timedelta(hours=2, minutes=1)):
        assert client.get("/me/").status_code == 302


def test_with_a_password_that_somebody_else_set_nothing_opens_but_its_change(root: Member, anna: Member) -> None:
    set_password(anna.account, by=root.actor, password=NEW)
    client = Client(headers={"accept-language": "en"})
    assert client.post("/accounts/login/", {"login": anna.email, "password": NEW}).status_code == 302
    for path in ("/", "/me/", "/deals/", "/accounts/steps/", "/accounts/steps/on/", "/people/", "/deals/1/"):
        for answer in (client.get(path), client.post(path, {})):
            assert (answer.status_code, answer["Location"]) == (302, "/accounts/password/"), path
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert "Somebody else set this password" in client.get("/accounts/password/").content.decode()
    same = client.post("/accounts/password/", {"oldpassword": NEW, "password1": NEW, "password2": NEW})
    assert same.status_code == 422
    assert "the same as the present one" in same.content.decode()
    assert client.get("/me/")["Location"] == "/accounts/password/"
    own = "my own battery of horses 11"
    assert client.post("/accounts/password/", {"oldpassword": NEW, "password1": own, "password2": own})["Location"] == "/me/"
    assert client.get("/me/").status_code == 200
    assert "Somebody else set" not in client.get("/accounts/password/").content.decode()
    assert Record.objects.latest("index").kind == "account.password_changed"
    assert not Account.objects.get(pk=anna.account).password_by_other


def test_who_has_a_password_of_somebody_elses_may_sign_out(root: Member, anna: Member) -> None:
    client = signed_in(anna.email)
    Account.objects.filter(pk=anna.account).update(password_by_other=True)
    assert client.get("/me/")["Location"] == "/accounts/password/"
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get("/me/")["Location"].startswith("/accounts/login/")


def test_nothing_on_the_way_keeps_what_one_sees(anna: Member) -> None:
    assert anna.client.get("/me/")["Cache-Control"] == "private, no-cache"


def test_a_session_is_not_written_at_every_request(anna: Member) -> None:
    anna.client.get("/me/")
    assert "sessionid" not in anna.client.get("/me/").cookies


@pytest.mark.parametrize(("language", "told"), [("ru", "Слишком большой файл или форма"), ("en", "The file or form is too large")])
def test_what_is_too_large_is_turned_away_unread(anna: Member, language: str, told: str) -> None:
    answer = Client(headers={"accept-language": language}).post("/language/", {}, headers={"content-length": str(500 * 1024 * 1024)})
    assert answer.status_code == 413
    assert told in answer.content.decode()
    assert str(settings.UPLOAD_MB) in answer.content.decode()


def test_a_form_that_is_too_large_beside_its_files_is_turned_away(anna: Member) -> None:
    answer = anna.client.post("/me/substitutes/", {"reason": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413


def test_a_length_that_is_none_is_a_bad_request() -> None:
    assert Client().get("/accounts/login/", headers={"content-length": "-1"}).status_code == 400


def test_the_choice_outranks_the_account_and_the_account_the_browser(anna: Member) -> None:
    client = signed_in(anna.email, "en")
    Account.objects.filter(pk=anna.account).update(language="ru")
    assert client.get("/me/")["Content-Language"] == "ru"
    client.cookies["enduse_language"] = "en"
    assert client.get("/me/")["Content-Language"] == "en"
    client.cookies["enduse_language"] = "<script>"
    assert client.get("/me/")["Content-Language"] in ("ru", "en")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotAllowed(Refusal("deal.absent", {"deal": "<b>7</b>"})), 404),
        (NotAllowed(Refusal("people.no_role", {"verb": "x", "roles": "y"})), 403),
        (Stale(Refusal("deal.stale", {"reference": "D-1", "seen": 1, "stands": 2})), 409),
        (Refused(Refusal("deal.reason"), Refusal("people.self")), 422),
    ],
)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_refusal_that_no_view_told_is_a_page(anna: Member, monkeypatch: pytest.MonkeyPatch, error: Refused, status: int, language: str) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr("enduse.web.me.person_row", refuse)
    answer = signed_in(anna.email, language).get("/me/", headers={"referer": "http://testserver/before/"})
    assert answer.status_code == status
    page = answer.content.decode()
    assert "/before/" in page
    assert "<b>7" not in page
    for refusal in error.refusals:
        assert escape(refusal.text(language)) in page


def test_the_way_back_never_leads_elsewhere(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "evil" not in anna.client.get("/people/", headers={"referer": "https://evil.example/"}).content.decode()


@pytest.mark.parametrize(("path", "way"), [("/language/", "get"), ("/me/", "post"), ("/people/", "delete"), ("/accounts/password/", "put")])
def test_a_wrong_method_is_a_page(root: Member, path: str, way: str) -> None:
    answer = getattr(root.client, way)(path)
    assert answer.status_code == 405
    assert "<h1>" in answer.content.decode()
    assert answer["Allow"]
