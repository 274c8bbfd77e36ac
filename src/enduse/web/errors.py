"""Errors as pages: what happened, to which thing, why, what to do next; in the page's language, never a traceback."""

from __future__ import annotations

import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme

from enduse.web.templatetags.words import lang
from enduse.words import say

LANGUAGE_COOKIE = "enduse_language"
RETRY_AFTER = "30"  # seconds until a database that went away is asked again


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request that makes no sense: another host's name, a distorted form, or one that is too large or has too many fields."""
    if isinstance(exception, RequestDataTooBig):
        return large(request)
    if isinstance(exception, TooManyFieldsSent):
        return bare(request, "page.many", 413, limit=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    return bare(request, "page.bad", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page or an action that is not for this reader."""
    return told(request, "page.forbidden", 403)


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """An address at which nothing stands."""
    return told(request, "page.absent", 404)


def method(request: HttpRequest) -> HttpResponse:
    """An address that is read but not written, or the other way round."""
    return told(request, "page.method", 405)


def large(request: HttpRequest) -> HttpResponse:
    """More than is taken at once. What was sent is not read."""
    return bare(request, "page.large", 413, limit=settings.UPLOAD_MB)


def often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Too many attempts of one kind."""
    return told(request, "page.often", 429)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from one of our own pages, or from one that has grown too old."""
    return told(request, "page.forged", 403, back=back(request))


def failed(request: HttpRequest) -> HttpResponse:
    """Our own fault; or the database does not answer, which is said apart. Asks nothing of the database itself."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        response = bare(request, "page.away", 503, again=request.get_full_path() if request.method == "GET" else "")
        response["Retry-After"] = RETRY_AFTER
        return response
    return bare(request, "page.failed", 500)


def told(request: HttpRequest, code: str, status: int, **values: object) -> HttpResponse:
    """The page of an error, with the frame that every page has."""
    return render(request, "web/error.html", {"code": code, "text": say(f"{code}.next", lang(), **values), **values}, status=status)


def bare(request: HttpRequest, code: str, status: int, **values: object) -> HttpResponse:
    """The page of an error without what the frame would ask of the database or of the form that was sent."""
    with translation.override(chosen(request)):
        held = {"code": code, "lang": lang(), "text": say(f"{code}.next", lang(), **values), **values}
        return HttpResponse(render_to_string("web/bare.html", held), status=status)


def chosen(request: HttpRequest) -> str:
    """The language as the browser says it, without asking the account."""
    held = request.COOKIES.get(LANGUAGE_COOKIE) or translation.get_language_from_request(request)
    return held if held in ("ru", "en") else "ru"


def back(request: HttpRequest) -> str:
    """The page of ours that the reader came from; empty where there is none."""
    came = request.META.get("HTTP_REFERER", "")
    return came if url_has_allowed_host_and_scheme(came, {request.get_host()}, require_https=request.is_secure()) else ""
