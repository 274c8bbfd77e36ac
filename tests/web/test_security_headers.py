"""What every answer tells the browser, and what no template may hold: a script or a style of its own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

import enduse.web
from tests.web.conftest import Member

TEMPLATES = sorted(Path(enduse.web.__file__).parent.rglob("templates/**/*.html"))
INLINE = {
    "a style of its own": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "a script of its own": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that runs": re.compile(r"javascript:", re.IGNORECASE),
    "something from elsewhere": re.compile(r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE),
}
RAW = re.compile(r"\|\s*safe\b|autoescape\s+off")  # text that is not escaped
STRICT = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_nothing_that_a_strict_policy_would_stop(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not RAW.search(text)
    markup = re.sub(r"{%.*?%}|{{.*?}}", "", text)
    assert [what for what, pattern in INLINE.items() if pattern.search(markup)] == []


def check(answer: object, what: object) -> None:
    headers = answer.headers  # type: ignore[attr-defined]
    assert set(re.split(r"\s*;\s*", headers["Content-Security-Policy"])) >= STRICT, what
    assert headers["X-Content-Type-Options"] == "nosniff", what
    assert headers["X-Frame-Options"] == "DENY", what
    assert headers["Referrer-Policy"] == "same-origin", what
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", what


@pytest.mark.django_db
def test_every_answer_tells_the_browser_to_be_strict(root: Member, anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError

    for path in ("/", "/me/", "/people/", "/settings/", "/nothing/", "/people/9999/"):
        check(root.client.get(path), path)
    check(anna.client.get("/people/"), 403)
    check(anna.client.post("/me/"), 405)
    check(anna.client.post("/me/substitutes/", {}), 422)
    check(Client(enforce_csrf_checks=True).post("/language/", {}), "forged")
    check(Client(headers={"host": "evil.example"}).get("/"), 400)
    check(Client().post("/language/", {}, headers={"content-length": "999999999"}), 413)
    check(Client().get("/accounts/login/"), "sign-in")
    monkeypatch.setattr("enduse.web.me.person_row", broken)
    anna.client.raise_request_exception = False
    check(anna.client.get("/me/"), 500)
    monkeypatch.setattr("enduse.web.middleware.actor_of", broken)
    check(anna.client.get("/me/"), 500)


@pytest.mark.django_db
def test_pages_of_sign_in_are_not_kept_by_the_browser(anna: Member) -> None:
    assert "no-store" in Client().get("/accounts/login/")["Cache-Control"]
