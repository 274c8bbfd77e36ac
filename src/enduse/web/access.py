"""Who may open a page: every view is marked with the verb it takes, and the mark is what the access tests read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from enduse.casework.people.actor import Actor

ANYONE = ""  # signed in, whatever the role
View = Callable[..., HttpResponse]


class Marked(Protocol):
    """A view that says which verbs it takes."""

    verbs: dict[str, str]
    is_public: bool


def actor_in(request: HttpRequest) -> Actor:
    """Who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def page(see: str, *, do: str | None = None) -> Callable[[View], View]:
    """A view for those who may `see` it (GET) and `do` what its form does (POST; None: it has no form; `""`: whoever sees it)."""

    def mark(view: View) -> View:
        @login_required
        @require_http_methods(["GET", "HEAD"] + ([] if do is None else ["POST"]))
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            for verb in (see, do if request.method == "POST" else ""):
                if verb:
                    actor_in(request).demand(verb)
            return view(request, *args, **kwargs)

        marked = cast(Marked, checked)
        marked.verbs, marked.is_public = {"GET": see} | ({} if do is None else {"POST": do}), False
        return checked

    return mark


def public(view: View) -> View:
    """Mark a view that also who has not signed in may open: sign-in itself, the choice of language."""
    marked = cast(Marked, view)
    marked.verbs, marked.is_public = {"GET": ANYONE, "POST": ANYONE}, True
    return view
