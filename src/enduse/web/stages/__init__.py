"""The stages' own pages: which view shows which stage of a deal."""

from __future__ import annotations

from django.urls import URLPattern, path

from enduse.web.access import View
from enduse.web.stages import clauses, determination, evidence, filing, identification, indicators, intake, permits, screening

# stage -> view(request, pk, stage); what is not here is in `enduse.web.case_urls`
STAGE_VIEWS: dict[str, View] = {
    "intake": intake.view,
    "determination": determination.view,
    "identification": identification.view,
    "screening": screening.view,
    "indicators": indicators.view,
    "evidence": evidence.view,
    "permits": permits.view,
    "clauses": clauses.view,
}
urlpatterns: list[URLPattern] = [path("deals/new/", filing.new, name="deal-new")]
