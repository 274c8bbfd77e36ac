"""The WSGI application."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from enduse.config.wsgi import application


@pytest.mark.django_db(transaction=True)  # it closes the connection before and after a request
def test_it_answers() -> None:
    environ: dict[str, Any] = {"PATH_INFO": "/healthz"}
    setup_testing_defaults(environ)
    began: list[str] = []

    def begin(status: str, headers: list[tuple[str, str]], error: object = None, /) -> Callable[[bytes], object]:
        began.append(status)
        return lambda written: None

    body = b"".join(application(environ, begin))
    assert began == ["200 OK"], body
    assert b'"status": "ok"' in body
