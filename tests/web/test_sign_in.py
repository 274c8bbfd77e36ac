"""Signing in: password, lockout, second step, what ends a session, and what the ledger says of it."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from pytest_django import Settings

from enduse.casework.ledger.models import Record
from enduse.casework.people.actions.persons import leave, switch_account
from enduse.casework.people.models import Account
from enduse.config.logs import line_of
from tests.web.conftest import PASSWORD, Member

LOGIN, NEW = "/accounts/login/", "another horse battery 10"

pytestmark = pytest.mark.django_db


def attempt(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post(LOGIN, {"login": email, "password": password}).status_code


def kinds() -> list[str]:
    return list(Record.objects.order_by("index").values_list("kind", flat=True))


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def turn_on(member: Member) -> str:
    """Turn the second step on, as a person does; the secret."""
    path = "/accounts/steps/on/"
    asked = member.client.get(path)
    assert asked.status_code == 302
    member.client.post(asked["Location"], {"password": PASSWORD})
    secret = re.search(r"<code>(\w+)</code>", member.client.get(path).content.decode())
    assert secret
    assert member.client.post(path, {"code": code_of(secret[1])}).status_code == 302
    return secret[1]


@pytest.mark.parametrize(("language", "title"), [("ru", "Вход"), ("en", "Sign in")])
def test_the_page_is_in_the_readers_language(language: str, title: str) -> None:
    page = Client(headers={"accept-language": language}).get(LOGIN).content.decode()
    assert f"<h1>{title}</h1>" in page
    assert f'<html lang="{language}">' in page


def test_signing_in_leads_on_and_gives_a_new_session(anna: Member) -> None:
    client = Client()
    client.get("/accounts/login/?next=/me/")
    session = client.session
    session["before"] = "yes"
    session.save()
    fixed = session.session_key
    client.cookies["sessionid"] = str(fixed)
    answer = client.post(LOGIN, {"login": "ANNA@example.ru ", "password": PASSWORD, "next": "/me/"})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    cookie = answer.cookies["sessionid"]
    assert cookie.value != fixed
    assert not Session.objects.filter(session_key=fixed).exists()
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert client.get("/me/").status_code == 200


def test_nobody_is_led_to_another_site(anna: Member) -> None:
    answer = Client().post(LOGIN, {"login": anna.email, "password": PASSWORD, "next": "https://evil.example/"})
    assert answer["Location"] == "/"


@pytest.mark.parametrize("password", ["wrong horse battery 9", ""])
def test_a_wrong_password_is_told_and_changes_nothing(anna: Member, password: str) -> None:
    assert attempt(Client(), anna.email, password) == 422


def test_an_unknown_e_mail_is_answered_as_a_wrong_password(anna: Member) -> None:
    client = Client(headers={"accept-language": "en"})
    told = [client.post(LOGIN, {"login": email, "password": "wrong horse"}).content.decode() for email in (anna.email, "who@example.ru")]
    assert all("The e-mail or the password is wrong" in page for page in told)


def test_five_failures_lock_an_account_for_a_while_and_no_other(anna: Member, boris: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"accept-language": "en"})
    assert [attempt(client, anna.email, "wrong") for _ in range(5)] == [422] * 5
    locked = client.post(LOGIN, {"login": anna.email, "password": PASSWORD})
    assert locked.status_code == 429
    assert "closed for a while" in locked.content.decode()
    assert attempt(Client(), boris.email) == 302
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 301)
    assert attempt(Client(), anna.email) == 302


def test_one_address_cannot_try_for_ever(anna: Member) -> None:
    client = Client(headers={"accept-language": "en"})
    said = [client.post(LOGIN, {"login": f"who{number}@example.ru", "password": "wrong"}).status_code for number in range(11)]
    assert said == [422] * 10 + [429]


def logged(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    """What the log's lines say of sign-ins."""
    lines = [line_of(record) for record in caplog.records if record.getMessage().startswith("sign_in.")]
    return [{name: value for name, value in line.items() if name not in ("time", "level", "request")} for line in lines]


def test_the_log_says_by_number_who_signed_in_who_failed_and_from_where(anna: Member, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "enduse")
    client = Client(REMOTE_ADDR="192.0.2.7")
    attempt(client, anna.email.upper(), "wrong horse")
    attempt(client, "who@example.ru", "wrong horse")
    attempt(client, anna.email)
    client.post("/accounts/logout/")
    who = {"account": anna.account, "person": anna.person, "address": "192.0.2.7"}
    assert logged(caplog) == [
        {"event": "sign_in.failed", **who},
        {"event": "sign_in.failed", "account": None, "person": None, "address": "192.0.2.7"},
        {"event": "sign_in.done", **who},
        {"event": "sign_in.ended", **who},
    ]
    said = str([vars(record) for record in caplog.records if record.name == "enduse"])
    assert not [text for text in ("wrong horse", "example.ru", "Anna") if text in said]


def test_a_second_step_that_fails_is_logged_too(anna: Member, caplog: pytest.LogCaptureFixture) -> None:
    turn_on(anna)
    caplog.clear()
    caplog.set_level("INFO", "enduse")
    client = Client(REMOTE_ADDR="192.0.2.7")
    attempt(client, anna.email)
    assert client.post("/accounts/step/", {"code": "000000"}).status_code == 422
    assert logged(caplog) == [{"event": "sign_in.failed", "account": anna.account, "person": anna.person, "address": "192.0.2.7", "step": 2}]


def test_behind_a_proxy_the_address_is_the_one_that_it_names(anna: Member, caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    caplog.set_level("INFO", "enduse")
    attempt(Client(REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "10.0.0.1, 192.0.2.9"}), anna.email)
    assert [line["address"] for line in logged(caplog)] == ["192.0.2.9"]


@pytest.mark.parametrize("path", ["signup/", "email/", "password/set/", "social/login/", "3rdparty/", "2fa/webauthn/", "login/code/"])
def test_what_is_not_wanted_is_not_there(anna: Member, path: str) -> None:
    assert Client().get(f"/accounts/{path}").status_code == 404
    assert anna.client.get(f"/accounts/{path}").status_code == 404


def test_an_account_that_is_switched_off_is_out_at_once(anna: Member, root: Member) -> None:
    assert anna.client.get("/me/").status_code == 200
    switch_account(anna.account, by=root.actor, active=False)
    assert anna.client.get("/me/").status_code == 302
    inside = Client()
    answer = inside.post(LOGIN, {"login": anna.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/inactive/"
    assert inside.get("/accounts/inactive/").status_code == 200
    assert inside.get("/me/").status_code == 302


def test_whoever_left_is_out_at_once(anna: Member, root: Member) -> None:
    leave(anna.person, by=root.actor)
    assert anna.client.get("/me/").status_code == 302


def test_signing_out_asks_and_ends_the_session(anna: Member) -> None:
    key = anna.client.session.session_key
    assert anna.client.get("/accounts/logout/").status_code == 200
    assert anna.client.post("/accounts/logout/").status_code == 302
    assert anna.client.get("/me/").status_code == 302
    assert not Session.objects.filter(session_key=key).exists()


# one's own password


def test_a_new_password_ends_the_other_sessions_and_is_one_record(anna: Member) -> None:
    other = Client()
    attempt(other, anna.email)
    before = kinds()
    answer = anna.client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/me/")
    assert kinds() == [*before, "account.password_changed"]
    assert "have ended" in anna.client.get("/me/").content.decode()
    assert other.get("/me/").status_code == 302
    assert attempt(Client(), anna.email, NEW) == 302


@pytest.mark.parametrize(
    ("old", "first", "second", "told"),
    [
        ("wrong", NEW, NEW, "The password is wrong"),
        (PASSWORD, NEW, NEW + "1", "typed differently"),
        (PASSWORD, "short", "short", "too short"),
    ],
)
def test_a_password_that_will_not_do_is_told_and_not_recorded(anna: Member, old: str, first: str, second: str, told: str) -> None:
    before = kinds()
    answer = anna.client.post("/accounts/password/", {"oldpassword": old, "password1": first, "password2": second})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert kinds() == before


def test_a_password_does_not_change_without_its_record(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Account.objects.get(pk=anna.account).password

    def broken(*_: object, **__: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("enduse.casework.ledger.writing.append", broken)
    with pytest.raises(OSError, match="no room"):
        anna.client.post("/accounts/password/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert Account.objects.get(pk=anna.account).password == held


# a forgotten password


def test_without_mail_the_page_says_whom_to_ask() -> None:
    client = Client(headers={"accept-language": "en"})
    assert "an administrator sets a new password" in client.get("/accounts/password/reset/").content.decode()
    assert client.post("/accounts/password/reset/", {"email": "anna@example.ru"}).status_code == 200
    assert mail.outbox == []


def test_with_mail_a_link_sets_a_new_password_once(anna: Member, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    client = Client(headers={"accept-language": "en"})
    assert client.post("/accounts/password/reset/", {"email": "who@example.ru"})["Location"] == "/accounts/password/reset/sent/"
    assert mail.outbox == []
    assert client.post("/accounts/password/reset/", {"email": anna.email})["Location"] == "/accounts/password/reset/sent/"
    assert client.get("/accounts/password/reset/sent/").status_code == 200
    (letter,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", str(letter.body))
    assert link
    form = client.get(link[1], follow=True)
    assert form.status_code == 200
    assert link[1] not in form.request["PATH_INFO"]  # the key does not stand in the address that is shown
    before = kinds()
    answer = client.post(form.request["PATH_INFO"], {"password1": NEW, "password2": NEW}, follow=True)
    assert "The new password is set" in answer.content.decode()
    assert kinds() == [*before, "account.password_reset"]
    assert attempt(Client(), anna.email, NEW) == 302
    assert "works no more" in Client(headers={"accept-language": "en"}).get(link[1], follow=True).content.decode()


# the second step


def test_turning_the_second_step_on_asks_who_one_is_and_is_one_record(anna: Member) -> None:
    before = kinds()
    turn_on(anna)
    assert kinds() == [*before, "account.second_step_on"]
    assert len(re.findall(r"<code>\d{8}</code>", anna.client.get("/accounts/steps/codes/").content.decode())) == 10
    assert anna.client.get("/accounts/steps/codes/file/").content.decode().split()[0].isdecimal()


def test_a_wrong_code_turns_nothing_on(anna: Member) -> None:
    path = "/accounts/steps/on/"
    anna.client.post(anna.client.get(path)["Location"], {"password": PASSWORD})
    before = kinds()
    assert anna.client.post(path, {"code": "000000"}).status_code == 422
    assert kinds() == before


def test_the_second_step_is_asked_and_a_password_is_not_enough(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = turn_on(anna)
    client = Client(headers={"accept-language": "en"})
    assert client.post(LOGIN, {"login": anna.email, "password": PASSWORD})["Location"] == "/accounts/step/"
    assert client.get("/me/").status_code == 302
    assert client.get("/accounts/step/").status_code == 200
    assert client.post("/accounts/step/", {"code": "000000"}).status_code == 422
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 60)  # the code that turned it on counts no more
    assert client.post("/accounts/step/", {"code": code_of(secret)}).status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_recovery_code_lets_in_once(anna: Member) -> None:
    turn_on(anna)
    code = anna.client.get("/accounts/steps/codes/file/").content.decode().split()[0]
    for expected in (302, 422):
        client = Client()
        attempt(client, anna.email)
        assert client.post("/accounts/step/", {"code": code}).status_code == expected


def test_new_codes_and_turning_it_off_are_records(anna: Member) -> None:
    turn_on(anna)
    before = kinds()
    assert anna.client.post("/accounts/steps/codes/new/").status_code == 302
    assert anna.client.post("/accounts/steps/off/").status_code == 302
    assert kinds() == [*before, "account.recovery_codes_made", "account.second_step_off"]
    assert attempt(Client(), anna.email) == 302


def test_whoever_has_a_second_step_confirms_with_it(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_on(anna)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + timedelta(hours=1).total_seconds())
    answer = anna.client.get("/accounts/steps/off/")
    assert answer["Location"].startswith("/accounts/step/confirm/")
    assert anna.client.get("/accounts/confirm/")["Location"].startswith("/accounts/step/confirm/")


def test_codes_cannot_be_guessed(anna: Member) -> None:
    turn_on(anna)
    client = Client(headers={"accept-language": "en"})
    attempt(client, anna.email)
    said = [client.post("/accounts/step/", {"code": f"{number:06}"}).status_code for number in range(6)]
    assert said == [422] * 5 + [429]
