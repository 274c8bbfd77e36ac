"""The addresses that machines and other installations rely on."""

from __future__ import annotations

from django.urls import resolve, reverse

from enduse.config.health import PATH, healthz


def test_health_is_asked_at_its_published_address() -> None:
    assert reverse("healthz") == PATH == "/healthz"
    assert resolve("/healthz").func is healthz


def test_sign_in_is_where_settings_send_people() -> None:
    assert reverse("account_login") == "/accounts/login/"
