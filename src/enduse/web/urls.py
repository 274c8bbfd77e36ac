"""The addresses of the pages, joined from the modules that show them."""

from __future__ import annotations

from django.urls import URLPattern

from enduse.web import case_urls, ledger_page, me, people, records, register, settings_page, shell, sign_in, taking_in, verification

urlpatterns: list[URLPattern] = [
    *shell.urls,
    *sign_in.urls,
    *me.urls,
    *people.urls,
    *settings_page.urls,
    *ledger_page.urls,
    *verification.urls,
    *records.urls,
    *register.urls,
    *taking_in.urls,
    *case_urls.urlpatterns,
]
