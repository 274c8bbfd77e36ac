"""The addresses of a deal's pages: one for each stage and each deed, each marked with the verbs that it takes."""

from __future__ import annotations

from django.urls import URLPattern, path

from enduse.casework.deals.keeping import STAGES
from enduse.web import approval, cases, decision, entries, files, queue, receipts, release, timeline
from enduse.web.deeds import CasePage
from enduse.web.stages import STAGE_VIEWS
from enduse.web.stages import urlpatterns as of_stages

PAGES: tuple[CasePage, ...] = (decision.PAGE, approval.PAGE, release.PAGE, release.MONITORING, entries.PAGE, timeline.PAGE, files.PAGE)
VIEWS = {**{held.stage: held.view for held in PAGES}, **STAGE_VIEWS}

urlpatterns: list[URLPattern] = [
    path("deals/", queue.deals, name="queue"),
    path("deals/<int:pk>/", cases.deal, name="deal"),
    # one address a stage, so that each view's own mark stands on it: {% url 'deal-stage' pk=deal.pk stage='screening' %}
    *(path(f"deals/<int:pk>/{stage}/", VIEWS.get(stage, cases.bare), {"stage": stage}, name="deal-stage") for stage in STAGES),
    path("deals/<int:pk>/files/<int:file>/", files.download, name="deal-file"),
    *(path(f"deals/<int:pk>/receipts/<int:search>/{kind}/", receipts.download, {"kind": kind}, name="deal-receipt") for kind in ("json", "pdf")),
    *(pattern for held in PAGES for pattern in held.urls()),
    *of_stages,
]
