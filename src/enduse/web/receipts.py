"""The receipts of a deal's searches, given out as they are kept: the data, or one page to print."""

from __future__ import annotations

import json
from typing import Literal

from django.http import HttpRequest, HttpResponse

from enduse.casework.deals.actions.screening import search_for
from enduse.documents.receipt_pdf import receipt_pdf
from enduse.formats.receipts import receipt_from
from enduse.web.access import actor_in, page
from enduse.web.cases import case
from enduse.web.templatetags.words import lang


@page("deals.see")
def download(request: HttpRequest, pk: int, search: int, kind: Literal["json", "pdf"]) -> HttpResponse:
    """The receipt of one party's search, for whoever may see the deal. The data is just what `enduse screen --replay` takes."""
    case(request, pk)
    found = search_for(actor_in(request), pk, search)
    if kind == "pdf":
        content, media_type = receipt_pdf(receipt_from(found.receipt), lang()), "application/pdf"
    else:
        content, media_type = (json.dumps(found.receipt, ensure_ascii=False, indent=1) + "\n").encode(), "application/json"
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="receipt-{pk}-{search}.{kind}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
