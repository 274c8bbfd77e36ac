"""Taking deals in on a page: deal files at once, an existing register by a mapping, looked at first."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from enduse.casework.deals.exchange import exported
from enduse.casework.deals.queries import Held, deal_for
from enduse.casework.deals.taking_in import IMPORTS, IMPORTS_LAST, Taken, preview_table, take_in_file, take_in_register
from enduse.documents.tables import Table, read_table
from enduse.domain.refusals import refuse
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput
from enduse.formats.register_import import Preview
from enduse.formats.register_mapping import RegisterMapping, mapping_text, read_mapping, suggest
from enduse.formats.writing import deal_text
from enduse.stores.attachments import keep, opened, plain_name, remove
from enduse.web.access import actor_in, page
from enduse.web.forms import Form
from enduse.web.templatetags.words import lang

INVALID = 422
MOST_DEALS_MB, MOST_TABLE_MB = 5, 20
MOST_SHOWN = 200


class DealsForm(Form):
    """A file of deals."""

    words_of = "take.form"
    file = forms.FileField(max_length=4000)


class RegisterForm(Form):
    """A register: uploaded, or one looked at a moment ago; with its mapping once there is one."""

    words_of = "take.form"
    file = forms.FileField(max_length=4000, required=False)
    held = forms.CharField(required=False, widget=forms.HiddenInput)
    mapping = forms.CharField(required=False, max_length=100_000, strip=False, widget=forms.Textarea(attrs={"rows": 14, "class": "mono"}))


@page("deal.import", do="deal.import")
def take_in(request: HttpRequest) -> HttpResponse:
    """Deal files: taken in at once, with what became of each."""
    form = DealsForm(request.POST or None, request.FILES or None)
    taken: list[Taken] = []
    if request.method == "POST" and form.is_valid():
        sent: UploadedFile[bytes] = form.cleaned_data["file"]
        with form.telling():
            if (sent.size or 0) > MOST_DEALS_MB * 2**20:
                raise refuse("take.large", limit=MOST_DEALS_MB)
            taken = list(take_in_file(BytesIO(sent.read()), sent.name or "deal", by=actor_in(request)))
    told = [_told(one) for one in taken]
    bad = sum(one.deal is None for one in taken)
    context = {"form": form, "register_form": RegisterForm(), "taken": told, "count": len(taken) - bad, "bad": bad}
    return render(request, "web/take_in.html", context, status=INVALID if form.errors or bad else 200)


@page("deal.import", do="deal.import")
def register(request: HttpRequest) -> HttpResponse:
    """A register: shown with what does not fit; taken in once somebody says so."""
    form = RegisterForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        with form.telling():
            table, name, digest = _table(form)
            mapping = _mapping(form, table)
            preview = preview_table(table, mapping)
            again = RegisterForm(initial={"held": dumps([digest, name], salt=IMPORTS), "mapping": mapping_text(mapping)})
            again.fields["file"].widget = forms.HiddenInput()
            context |= {"form": again, "preview": preview, **_shown(preview)}
            if "apply" in request.POST:
                results = [
                    Taken(reference, name, refusals=() if why is None else why.refusals) for reference, why in _applied(request, preview, name)
                ]
                context |= {"taken": [_told(one) for one in results], "count": sum(not one.refusals for one in results)}
                context["bad"] = len(results) - context["count"]
                context["preview"] = None
                remove(_folder(), digest)
    return render(request, "web/take_in_register.html", context, status=INVALID if form.errors else 200)


def _applied(request: HttpRequest, preview: Preview, name: str) -> Any:
    return take_in_register(preview, by=actor_in(request), source=name)


def _table(form: RegisterForm) -> tuple[Table, str, str]:
    """The table that was sent now or a moment ago, its file's name and its digest."""
    sent: UploadedFile[bytes] | None = form.cleaned_data["file"]
    if sent is not None:
        kept = keep(_folder(), sent, name=sent.name or "", limit_mb=MOST_TABLE_MB)
        digest, name = kept.digest, kept.name
    else:
        try:
            digest, name = loads(form.cleaned_data["held"], salt=IMPORTS, max_age=IMPORTS_LAST)
        except BadSignature as error:
            raise refuse("take.lost") from error
    try:
        file = opened(_folder(), digest)
    except BadInput as error:  # taken in, or too long ago
        raise refuse("take.lost") from error
    with file:
        return read_table(file.read(), name), name, digest


def _folder() -> Path:
    folder: Path = settings.CONFIG.data / IMPORTS
    return folder


def _mapping(form: RegisterForm, table: Table) -> RegisterMapping:
    text = form.cleaned_data["mapping"]
    return read_mapping(read_yaml(text), file="") if text.strip() and form.cleaned_data["file"] is None else suggest(table.header)


def _shown(preview: Preview) -> dict[str, Any]:
    notes = [(row, column, text) for row, held in preview.notes.items() for column, text in held.items()]
    return {
        "misfits": [{"row": one.row, "column": one.column, "value": one.value, "why": one.text(lang())} for one in preview.misfits[:MOST_SHOWN]],
        "deals": [
            {
                "row": row,
                "reference": deal.get("reference"),
                "title": deal.get("title"),
                "parties": deal.get("parties") or [],
                "solution": deal.get("solution") or {},
            }
            for row, deal in preview.deals[:MOST_SHOWN]
        ],
        "notes": notes[:MOST_SHOWN],
        "note_count": len(notes),
        "kept_out": ", ".join(map(str, preview.kept_out[:MOST_SHOWN])),
        "unused": ", ".join(preview.unused),
    }


@page("deals.see")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """A deal as its file."""
    held = Held(deal_for(actor_in(request), pk))
    response = HttpResponse(deal_text(exported(held)), content_type="application/yaml; charset=utf-8")
    name = plain_name(f"{held.deal.reference}.yaml")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    return response


def _told(one: Taken) -> dict[str, Any]:
    why = [f"{problem.where or one.where}: {problem.text(lang())}" for problem in one.problems] + [refusal.text(lang()) for refusal in one.refusals]
    return {"reference": one.reference or one.where, "deal": one.deal, "why": why}


urls = [
    path("deals/import/", take_in, name="take-in"),
    path("deals/import/register/", register, name="take-in-register"),
    path("deals/<int:pk>/export/", export, name="deal-export"),
]
