"""Files of a deal: whoever may see the deal gets them, as downloads only; what is too large or not what it says is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from enduse.casework.deals.models import Attachment
from tests.web.conftest import Member
from tests.web.pages import forms, taken_in

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("enduse.web.files.folder", lambda: tmp_path / "attachments")


def send(member: Member, deal: int, name: str = "contract.pdf", content: bytes = PDF, **given: Any) -> Any:
    address = reverse("deal-attach", args=[deal])
    held = forms(member.client.get(reverse("deal-files", args=[deal]))).get(address, {"once": "x"})
    return member.client.post(address, {**held, "stage": "clauses", "file": SimpleUploadedFile(name, content), **given})


def test_a_file_is_kept_listed_and_given_out_as_a_download(anna: Member) -> None:
    deal = taken_in(anna)
    assert send(anna, deal, 'договор "№ 17".pdf', note="signed").status_code == 302
    kept = Attachment.objects.get()
    assert kept.digest.startswith("sha256:")
    assert "signed" in anna.client.get(reverse("deal-files", args=[deal])).content.decode()
    found = anna.client.get(reverse("deal-file", args=[deal, kept.pk]))
    assert b"".join(found.streaming_content) == PDF  # type: ignore[attr-defined]
    assert found["Content-Disposition"].startswith('attachment; filename="')
    assert "filename*=UTF-8''%D0%B4%D0%BE" in found["Content-Disposition"]
    assert found["X-Content-Type-Options"] == "nosniff"
    assert found["Content-Security-Policy"].startswith("sandbox")
    assert found["Content-Type"] == "application/octet-stream"


def test_only_who_sees_the_deal_gets_its_files(anna: Member, gleb: Member, vera: Member, root: Member) -> None:
    deal, other = taken_in(anna), taken_in(anna, reference="D-2")
    send(anna, deal)
    file = Attachment.objects.get().pk
    assert gleb.client.get(reverse("deal-file", args=[deal, file])).status_code == 404
    assert root.client.get(reverse("deal-file", args=[deal, file])).status_code == 403
    found = vera.client.get(reverse("deal-file", args=[deal, file]))
    assert b"".join(found.streaming_content) == PDF  # type: ignore[attr-defined]
    assert anna.client.get(reverse("deal-file", args=[other, file])).status_code == 404
    assert send(vera, deal, once="y").status_code == 403
    assert send(gleb, deal, once="y").status_code == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.pdf", b""),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("really.pdf", b"MZ\x90\x00" + b"\x00" * 200),
        ("large.pdf", PDF + b" " * (1024 * 1024)),
    ],
)
def test_what_is_not_welcome_is_told_and_leaves_nothing(
    anna: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MB", 1)
    deal = taken_in(anna)
    refused = send(anna, deal, name, content)
    assert refused.status_code == 422
    assert 'class="error-summary"' in refused.content.decode()
    assert Attachment.objects.count() == 0
    assert [path for path in (tmp_path / "attachments").rglob("*") if path.is_file()] == []


def test_a_request_far_too_large_is_refused_before_it_is_read(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "UPLOAD_MB", 1)
    assert send(anna, taken_in(anna), content=PDF * 100_000).status_code == 413


def test_a_name_with_a_path_is_only_a_name(anna: Member) -> None:
    deal = taken_in(anna)
    assert send(anna, deal, "../../x<script>.pdf").status_code == 302
    assert Attachment.objects.get().name == "x_script_.pdf"


def test_a_file_that_is_no_longer_what_was_kept_is_not_given_out(anna: Member, tmp_path: Path) -> None:
    deal = taken_in(anna)
    send(anna, deal)
    kept = next(path for path in (tmp_path / "attachments").rglob("*") if path.is_file())
    kept.chmod(0o600)
    kept.write_bytes(b"something else")
    assert anna.client.get(reverse("deal-file", args=[deal, Attachment.objects.get().pk])).status_code == 422
