"""The register of 5.3: every entry in its order, and the register as a file."""

from __future__ import annotations

import io
import json
from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from enduse.casework import clock
from enduse.casework.deals.exchange import entries, entries_page
from enduse.documents.register_tables import write_register
from enduse.web.access import actor_in, page
from enduse.web.templatetags.words import lang

PAGE = 50
MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@page("register.see")
def register(request: HttpRequest) -> HttpResponse:
    """The entries, newest first, with what each lacks."""
    before = request.GET.get("before", "")
    limit = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    rows = list(islice(entries_page(actor_in(request), before=limit), PAGE + 1))
    older = rows[PAGE - 1]["number"] if len(rows) > PAGE else None
    return render(request, "web/register.html", {"rows": rows[:PAGE], "older": older})


@page("register.see")
def export(request: HttpRequest, suffix: str) -> HttpResponse:
    """The whole register as a file to be kept."""
    found = entries(actor_in(request))
    if suffix == "csv":
        stream = io.BytesIO()
        write_register(found, stream, lang())
        data = stream.getvalue()
    else:
        data = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in found).encode()
    response = HttpResponse(data, content_type=MEDIA[suffix])
    response["Content-Disposition"] = f'attachment; filename="register-{clock.today().isoformat()}.{suffix}"'
    return response


urls = [
    path("register/", register, name="register"),
    path("register/export.csv", export, {"suffix": "csv"}, name="register-csv"),
    path("register/export.jsonl", export, {"suffix": "jsonl"}, name="register-jsonl"),
]
