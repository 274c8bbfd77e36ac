"""The frame around every page: the first page, which leads each role to its work, and the choice of language."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from enduse.casework.people.actions.accounts import choose_language
from enduse.web.access import ANYONE, actor_in, page, public
from enduse.web.errors import LANGUAGE_COOKIE

A_YEAR = 365 * 24 * 3600
# where a role begins its day: the first of these that the reader has
BEGINNINGS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("approver", "queue", {"status": "submitted"}),
    ("officer", "queue", {"status": "going"}),
    ("expert", "queue", {"who": "me", "status": "going"}),
    ("lawyer", "queue", {"who": "me", "status": "going"}),
    ("initiator", "queue", {"who": "me"}),
    ("auditor", "register", {}),
    ("administrator", "people", {}),
)


@page(ANYONE)
def home(request: HttpRequest) -> HttpResponse:
    """Where this reader's work is."""
    roles = actor_in(request).roles
    name, wanted = next(((name, wanted) for role, name, wanted in BEGINNINGS if role in roles), ("me", {}))
    return redirect(reverse(name) + (f"?{urlencode(wanted)}" if wanted else ""))


@public
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in another language, on the page where the reader was."""
    wanted = "en" if request.POST.get("language") == "en" else "ru"
    onward = request.POST.get("next", "")
    if not onward.startswith("/") or not url_has_allowed_host_and_scheme(onward, {request.get_host()}, require_https=request.is_secure()):
        onward = reverse("home")
    account = actor_in(request).account
    if account is not None:
        choose_language(account, wanted)
    response = HttpResponseRedirect(onward)
    response.set_cookie(LANGUAGE_COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


urls = [
    path("", home, name="home"),
    path("language/", language, name="language"),
]
