"""Taking deals in on a page: files at once, a register looked at first."""

from __future__ import annotations

import json
import re
import time
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signing import dumps, loads

from enduse.casework.deals.models import Comment, Deal
from enduse.casework.deals.taking_in import IMPORTS
from enduse.formats.plain import read_yaml
from enduse.formats.writing import deal_text
from tests.builders import file_with
from tests.casework.cast import imported
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db(transaction=True)
REGISTER = "Номер;Контрагент;Страна;Решение;Версия\nР-1;Lakeside Telecom;Кения;Slovo;1.10\nР-2;Lumen;Атлантида;Slovo;2\n"


def file(name: str, text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode())}


def held_in(page: str) -> dict[str, str]:
    """The sealed word for the table that a page looks at."""
    found = re.search(r'name="held" value="([^"]+)"', page)
    assert found
    return {"held": found[1], "mapping": ""}


def list_of_kept() -> list[Path]:
    return [path for path in (settings.CONFIG.data / IMPORTS).rglob("*") if path.is_file()]


def test_a_file_goes_in_and_comes_out_the_same(anna: Member) -> None:
    answer = anna.client.post("/deals/import/", file("deal.yaml", deal_text(file_with())))
    assert answer.status_code == 200
    deal = Deal.objects.get(reference="D-1")
    assert f"/deals/{deal.pk}/" in answer.content.decode()
    out = anna.client.get(f"/deals/{deal.pk}/export/")
    assert out["Content-Disposition"].startswith("attachment")
    assert read_yaml(out.content.decode()).data == file_with()


def test_a_bad_deal_stops_no_other(anna: Member) -> None:
    lines = [file_with(reference="A"), {**file_with(reference="B"), "choise": "x"}, file_with(reference="C")]
    answer = anna.client.post("/deals/import/", file("deals.jsonl", "".join(json.dumps(line) + "\n" for line in lines)))
    assert answer.status_code == 422
    assert sorted(Deal.objects.values_list("reference", flat=True)) == ["A", "C"]
    assert "choise" in answer.content.decode()


def test_a_register_is_looked_at_mended_and_taken_in(anna: Member) -> None:
    shown = anna.client.post("/deals/import/register/", file("register.csv", REGISTER))
    page = shown.content.decode()
    assert shown.status_code == 200
    assert "Атлантида" in page
    assert not Deal.objects.exists()
    found = re.search(r'name="held" value="([^"]+)"', page)
    assert found
    columns = "{Номер: reference, Контрагент: parties.end_user.name, Страна: parties.end_user.country}"
    mapping = f"format: enduse/register-mapping-1\ncolumns: {columns}\nskip: [Решение, Версия]\n"
    again = anna.client.post("/deals/import/register/", {"held": found[1], "mapping": mapping, "look": ""})
    assert "end user: Lakeside" in again.content.decode()
    assert not Deal.objects.exists()
    kept = list_of_kept()
    assert kept
    done = anna.client.post("/deals/import/register/", {"held": found[1], "mapping": mapping, "apply": ""})
    assert done.status_code == 200
    assert len(list_of_kept()) == len(kept) - 1
    gone = anna.client.post("/deals/import/register/", {"held": found[1], "mapping": mapping, "apply": ""})
    assert gone.status_code == 422
    assert "no longer there" in gone.content.decode()
    assert sorted(Deal.objects.values_list("reference", flat=True)) == ["Р-1", "Р-2"]


def test_the_word_for_a_file_lasts_a_day(anna: Member) -> None:
    shown = anna.client.post("/deals/import/register/", file("register.csv", REGISTER)).content.decode()
    digest, name = loads(held_in(shown)["held"], salt=IMPORTS)
    for hours, status in ((23, 200), (25, 422)):
        with patch("django.core.signing.time.time", return_value=time.time() - hours * 3600):
            word = dumps([digest, name], salt=IMPORTS)
        assert anna.client.post("/deals/import/register/", {"held": word, "mapping": "", "look": ""}).status_code == status


def test_notes_and_cells_that_could_not_be_read_are_shown_and_the_notes_kept(anna: Member) -> None:
    book, stream = openpyxl.Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (["Номер", "Контрагент", "Страна", "Примечание"], ["Р-1", "Lumen", "=1+1", "стоп: <b>письмо</b> № 12"]):
        sheet.append(row)
    book.save(stream)
    shown = anna.client.post("/deals/import/register/", {"file": SimpleUploadedFile("register.xlsx", stream.getvalue())}).content.decode()
    assert "the cell C2 holds a formula without its value" in shown
    assert "стоп: &lt;b&gt;письмо&lt;/b&gt; № 12" in shown
    anna.client.post("/deals/import/register/", {**held_in(shown), "apply": ""})
    assert [comment.text for comment in Comment.objects.all()] == ["Примечание: стоп: <b>письмо</b> № 12"]
    history = anna.client.get(f"/deals/{Deal.objects.get().pk}/timeline/").content.decode()
    assert "стоп: &lt;b&gt;письмо&lt;/b&gt; № 12" in history


@pytest.mark.parametrize(
    ("held", "mapping", "told"),
    [("forged", "", "no longer there"), ("", "", "no longer there")],
)
def test_a_forged_word_for_the_file_is_told(anna: Member, held: str, mapping: str, told: str) -> None:
    answer = anna.client.post("/deals/import/register/", {"held": held, "mapping": mapping, "look": ""})
    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_files_of_other_kinds_and_sizes_are_told(anna: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = anna.client.post("/deals/import/register/", {"file": SimpleUploadedFile("a.xlsx", b"MZ\x90\x00" + b"\x00" * 200)})
    assert answer.status_code == 422
    monkeypatch.setattr("enduse.web.taking_in.MOST_DEALS_MB", 0)
    assert anna.client.post("/deals/import/", file("deal.yaml", deal_text(file_with()))).status_code == 422
    assert not Deal.objects.exists()


def test_only_who_may_import_does_and_only_who_may_see_exports(vera: Member, ivan: Member, gleb: Member) -> None:
    assert vera.client.get("/deals/import/").status_code == 403
    assert vera.client.post("/deals/import/", file("deal.yaml", deal_text(file_with()))).status_code == 403
    deal = imported(ivan.actor)
    assert vera.client.get(f"/deals/{deal.deal.pk}/export/").status_code == 200
    assert gleb.client.get(f"/deals/{deal.deal.pk}/export/").status_code == 404
