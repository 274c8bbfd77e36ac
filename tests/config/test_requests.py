"""What every request meets first: a number of its own and a line in the log."""

from __future__ import annotations

import logging

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from enduse.config.requests import HEADER, RequestMiddleware


def answered(path: str, **headers: str) -> HttpResponse:
    return RequestMiddleware(lambda request: HttpResponse("here"))(RequestFactory().get(path, headers=headers))


def values(caplog: pytest.LogCaptureFixture) -> dict[str, object]:
    (record,) = [record for record in caplog.records if record.name == "enduse"]
    return dict(record.values)  # type: ignore[attr-defined]


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, logger="enduse")
    return caplog


def test_the_answer_says_the_number_of_the_request() -> None:
    assert answered("/deals/").headers[HEADER] != answered("/deals/").headers[HEADER]
    assert answered("/", **{HEADER: "proxy-0001"}).headers[HEADER] == "proxy-0001"


@pytest.mark.parametrize("given", ["short", "line\tbreak0", "x" * 65, "имя-запроса"])
def test_a_number_that_is_none_is_not_taken_over(given: str) -> None:
    request = HttpRequest()
    request.path, request.META["HTTP_X_REQUEST_ID"] = "/", given
    assert RequestMiddleware(lambda _: HttpResponse())(request).headers[HEADER] != given


def test_the_log_holds_the_path_without_the_query(log: pytest.LogCaptureFixture) -> None:
    answered("/deals/?find=Иванов")
    said = values(log)
    assert (said["method"], said["path"], said["status"], said["person"]) == ("GET", "/deals/", 200, None)
    assert isinstance(said["ms"], int)


def test_the_log_does_not_hold_an_address_that_is_a_secret(log: pytest.LogCaptureFixture) -> None:
    answered(reverse("account_reset_password_from_key", kwargs={"uidb36": "1f", "key": "d0-secret"}))
    assert values(log)["path"] == "/accounts/password/reset/1f-…/"


def test_files_of_the_pages_are_not_logged(log: pytest.LogCaptureFixture) -> None:
    answered("/static/web/enduse.css")
    assert log.records == []


@pytest.mark.django_db
def test_it_stands_before_everything_else() -> None:
    assert HEADER in Client().get("/no/such/page").headers
