"""The addresses: the pages', with sign-in among them; and the pages that stand where something went wrong."""

from __future__ import annotations

from django.urls import include, path

from enduse.config.health import healthz

urlpatterns = [
    path("", include("enduse.web.urls")),
    path("healthz", healthz, name="healthz"),
]

handler400 = "enduse.web.errors.bad"
handler403 = "enduse.web.errors.forbidden"
handler404 = "enduse.web.errors.absent"
handler429 = "enduse.web.errors.often"
handler500 = "enduse.web.errors.failed"
