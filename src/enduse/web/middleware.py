"""What every request goes through: how much it may carry, its language, whether its sitting still lasts, who acts, and refusals told as pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation

from enduse.casework import clock
from enduse.casework.people.actor import Actor
from enduse.casework.people.queries import actor_of
from enduse.domain.refusals import NotAllowed, Refused, Stale
from enduse.web import errors
from enduse.web.errors import LANGUAGE_COOKIE, chosen
from enduse.web.templatetags.words import lang
from enduse.words import say

Respond = Callable[[HttpRequest], HttpResponse]
NOBODY = Actor(None, "")
IDLE = timedelta(hours=2)  # without a request: a desk left open
LOOK = timedelta(minutes=1)  # how exactly the last request is remembered
BEGAN, SEEN = "sitting_began", "sitting_seen"
FORM_MB = 1  # what a form may carry beside its files


class SizeMiddleware:
    """More than the largest file and its form is turned away before anything of it is read."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if not said.isdecimal():
            return errors.bad(request)
        return errors.large(request) if int(said) > (settings.UPLOAD_MB + FORM_MB) * 1024 * 1024 else self.respond(request)


class LanguageMiddleware:
    """The language: as chosen, else the account's, else the browser's, else Russian."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = chosen(request) if request.COOKIES.get(LANGUAGE_COOKIE) else getattr(request.user, "language", "") or chosen(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.respond(request)
            response.headers.setdefault("Content-Language", language)
            return response


class SittingMiddleware:
    """A sitting ends some hours after sign-in whatever happens, earlier where nothing happens, and at once where its person left.

    An account that was switched off is no user any more already (Django's backend sees to it).
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and self._over(request):
            logout(request)
            messages.warning(request, say("sign_in.ended", lang()))
        return self.respond(request)

    def _over(self, request: HttpRequest) -> bool:
        now = clock.now().timestamp()
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if now - began >= settings.SESSION_COOKIE_AGE or now - seen >= IDLE.total_seconds():
            return True
        if now - seen >= LOOK.total_seconds():
            request.session[SEEN] = now
        return request.user.is_authenticated and request.user.person.left_at is not None


class ActorMiddleware:
    """Who acts: `request.actor`, with the roles of this very moment. What they see is theirs: nothing on the way keeps it."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request.user) if request.user.is_authenticated else NOBODY  # type: ignore[attr-defined]
        response = self.respond(request)
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class OwnPasswordMiddleware:
    """Whoever signed in with a password that somebody else set changes it first: nothing else opens, but the language and signing out."""

    OPEN = frozenset({"account_change_password", "healthz"})

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.respond(request)

    def process_view(self, request: HttpRequest, view: Callable[..., HttpResponse], *_: object) -> HttpResponse | None:
        """The page on which a password is changed, where it has to be."""
        if not request.user.is_authenticated or not request.user.password_by_other or getattr(view, "is_public", False):
            return None
        there = request.resolver_match
        return None if there is not None and there.url_name in self.OPEN else redirect("account_change_password")


class RefusalMiddleware:
    """A refusal that no view told itself becomes a page.

    404 for what is not theirs to see, 403 for a role they lack, 409 for what moved on, 422 else.
    """

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.respond(request)
        if response.status_code == 405 and not response.content:
            told = errors.method(request)
            told["Allow"] = response["Allow"]
            return told
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page of a refusal; None for any other exception."""
        if not isinstance(error, Refused):
            return None
        absent = any(refusal.code.endswith(".absent") for refusal in error.refusals)
        status = 404 if absent else 403 if isinstance(error, NotAllowed) else 409 if isinstance(error, Stale) else 422
        title = "page.absent" if absent else "page.forbidden" if status == 403 else "page.moved_on" if status == 409 else "page.refused"
        told = {"title": title, "refusals": [refusal.text(lang()) for refusal in error.refusals], "back": errors.back(request)}
        return render(request, "web/refused.html", told, status=status)
