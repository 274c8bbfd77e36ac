"""The files of a deal: taken in through a bounded stream, listed, and given out only as downloads, never shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse

from enduse.casework.deals.actions import files
from enduse.casework.deals.keeping import STAGES
from enduse.casework.deals.queries import Held
from enduse.casework.people.actor import Actor
from enduse.domain.refusals import refuse
from enduse.formats.problems import BadInput
from enduse.stores.attachments import keep, opened
from enduse.web.access import page
from enduse.web.cases import case
from enduse.web.deeds import CasePage, Deed, DeedForm
from enduse.web.templatetags.words import lang
from enduse.words import say


def folder() -> Path:
    """Where the store keeps them: in the data folder, which nothing serves."""
    return Path(settings.CONFIG.data) / "attachments"


class AttachForm(DeedForm):
    """A file, the stage it belongs to, and what it is."""

    file = forms.FileField(max_length=4000)
    stage = forms.ChoiceField(required=False)
    note = forms.CharField(max_length=1000, required=False)

    def prepare(self) -> None:
        """The stages; which one first is told by the deal."""
        self.fields["stage"].choices = [(stage, say(f"stage.{stage}", lang())) for stage in STAGES]  # type: ignore[attr-defined]
        self.fields["stage"].initial = self.held.deal.stage


def _attach(actor: Actor, held: Held, given: dict[str, Any]) -> object:
    """Keep the file, then record it. What was kept and not recorded is an unnamed file that nothing shows."""
    actor.demand("deal.attach")
    sent: UploadedFile[Any] = given["file"]
    kept = keep(folder(), sent, name=sent.name or "", limit_mb=settings.UPLOAD_MB)
    return files.attach(
        held.deal.pk,
        by=actor,
        seen=None,
        stage=given["stage"] or held.deal.stage,
        name=kept.name,
        digest=kept.digest,
        size=kept.size,
        media_type=kept.media_type,
        note=given["note"],
    )


@page("deals.see")
def download(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A file of a deal that the reader may see, as a download: whatever it holds, the browser runs nothing of it."""
    found = next((held for held in case(request, pk).attachments if held.pk == file), None)
    if found is None:
        raise refuse("deal_file.absent", file=file)
    try:
        content = opened(folder(), found.digest)
    except BadInput as lost:
        raise refuse("file.lost", name=found.name) from lost
    response = FileResponse(content, content_type="application/octet-stream")
    fallback = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "._- ") else "_" for sign in found.name)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    response.headers["Content-Length"] = str(found.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, response)  # it streams, which no decorator here minds


DEEDS = (Deed("attach", "deal.attach", AttachForm, _attach, tone="main"),)


def work(request: HttpRequest, held: Held) -> dict[str, Any]:
    """The files, and how large one may be."""
    return {"files": held.attachments, "limit": settings.UPLOAD_MB}


PAGE = CasePage("files", "web/files.html", work, DEEDS)
