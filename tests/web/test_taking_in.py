"""Taking deals in on a page: files at once, a register looked at first."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from enduse.casework.deals.models import Deal
from enduse.formats.plain import read_yaml
from enduse.formats.writing import deal_text
from tests.builders import file_with
from tests.casework.cast import imported
from tests.web.conftest import Member

pytestmark = pytest.mark.django_db(transaction=True)
REGISTER = "Номер;Контрагент;Страна;Решение;Версия\nР-1;Lakeside Telecom;Кения;Slovo;1.10\nР-2;Lumen;Атлантида;Slovo;2\n"


def file(name: str, text: str) -> dict[str, SimpleUploadedFile]:
    return {"file": SimpleUploadedFile(name, text.encode())}


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
    done = anna.client.post("/deals/import/register/", {"held": found[1], "mapping": mapping, "apply": ""})
    assert done.status_code == 200
    assert sorted(Deal.objects.values_list("reference", flat=True)) == ["Р-1", "Р-2"]


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
