"""What every request meets first: a number of its own, and a line in the log."""

from __future__ import annotations

import logging
import re
import secrets
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from enduse.config import logs
from enduse.config.health import PATH as HEALTH
from enduse.config.health import healthz

Respond = Callable[[HttpRequest], HttpResponse]
HEADER = "X-Request-ID"
OTHERS_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
SECRET_PATH = re.compile(r"(/accounts/password/reset/[0-9A-Za-z]+-)[^/]+")  # whoever knows this address sets a new password
QUIET = ("/static/", HEALTH)


class RequestMiddleware:
    """Outermost: gives a request its number (a proxy's own, if it is one), answers for health, and logs how it ended."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        number = given if OTHERS_ID.fullmatch(given) else secrets.token_hex(8)
        token, began = logs.request_id.set(number), time.perf_counter()
        try:
            # asked by machines: by whatever name, without a session, and above all while the database is away
            response = healthz(request) if request.path == HEALTH else self.respond(request)
            response.headers[HEADER] = number
            _log(request, response, began)
            return response
        finally:
            logs.request_id.reset(token)


def _log(request: HttpRequest, response: HttpResponse, began: float) -> None:
    if request.path.startswith(QUIET) and response.status_code < 400:
        return
    logs.event(
        "request",
        level=logging.ERROR if response.status_code >= 500 else logging.INFO,
        method=request.method,
        path=SECRET_PATH.sub(r"\1…", request.path),
        status=response.status_code,
        ms=round((time.perf_counter() - began) * 1000),
        person=getattr(getattr(request, "actor", None), "person", None),
    )
