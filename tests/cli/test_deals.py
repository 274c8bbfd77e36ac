"""`enduse deals`: in from files and registers, out again; one that is bad never stops the others."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from enduse.casework.deals.models import Comment, Deal
from enduse.casework.ledger.models import Record
from enduse.formats.plain import read_yaml
from tests.builders import file_with
from tests.casework.cast import make_cast
from tests.commands import Enduse, deal_file

pytestmark = pytest.mark.django_db(transaction=True)
ANNA = ("--by", "anna@example.org")


def test_what_goes_in_comes_out(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    taken = enduse("deals", "import", deal_file(tmp_path), "--json", *ANNA)
    assert taken.code == 0
    assert taken.answer["outcome"] == "proceed"
    out = enduse("deals", "export", "D-1", *ANNA)
    assert out.code == 0
    assert read_yaml(out.out).data == file_with()
    assessed = tmp_path / "again.yaml"
    assert enduse("deals", "export", "D-1", "-o", assessed, *ANNA).code == 0
    assert enduse("assess", "--json", assessed).answer["outcome"] == "proceed"


def test_a_bad_one_stops_no_other_and_the_worst_code_counts(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    lines = [file_with(reference="A"), {**file_with(reference="B"), "choise": "refuse"}, file_with(reference="C")]
    many = tmp_path / "many.jsonl"
    many.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{broken\n", "utf-8")
    ran = enduse("deals", "import", many, tmp_path / "absent.yaml", "--json", *ANNA)
    assert ran.code == 2
    assert sorted(Deal.objects.values_list("reference", flat=True)) == ["A", "C"]
    told = ran.answers
    assert [line.get("reference") for line in told if "error" not in line] == ["A", "C"]
    assert any(line.get("where", "").endswith("many.jsonl:2") for line in told)
    assert any("absent.yaml" in line.get("where", "") for line in told)


def test_a_reference_that_is_taken_is_refused_unless_it_is_an_update(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    file = deal_file(tmp_path, evidence=[{"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "x"}])
    assert enduse("deals", "import", file, *ANNA).code == 0
    again = enduse("deals", "import", file, *ANNA)
    assert again.code == 3
    assert "D-1" in again.err
    records = Record.objects.count()
    softer = enduse("deals", "import", deal_file(tmp_path, "softer.yaml"), "--update", *ANNA)
    assert softer.code == 3
    assert "e1" in softer.err
    assert Record.objects.count() == records
    changed = deal_file(
        tmp_path,
        "more.yaml",
        title="Another",
        evidence=[{"id": "e1", "purpose": "military", "grade": "alleged", "source": "press", "recorded_by": "x"}],
    )
    assert enduse("deals", "import", changed, "--update", "--json", *ANNA).answer["version"] == 2


def test_several_go_out_as_lines_and_one_file_holds_one(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    for name in ("A", "B"):
        enduse("deals", "import", deal_file(tmp_path, f"{name}.yaml", reference=name), *ANNA)
    assert [line["reference"] for line in enduse("deals", "export", *ANNA).answers] == ["A", "B"]
    assert enduse("deals", "export", "-o", tmp_path / "all.yaml", *ANNA).code == 2
    absent = enduse("deals", "export", "NONE", *ANNA)
    assert absent.code == 2
    assert "NONE" in absent.err


def test_the_list_shows_only_what_one_may_see(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna", "ivan", "gleb")
    enduse("deals", "import", deal_file(tmp_path, reference="I"), "--by", "ivan@example.org")
    assert [line["reference"] for line in enduse("deals", "list", "--json", *ANNA).answers] == ["I"]
    assert enduse("deals", "list", "--json", "--by", "gleb@example.org").out == ""
    assert enduse("deals", "list", "--status", "released", "--json", *ANNA).out == ""
    told = enduse("deals", "list", "--lang", "ru", *ANNA).out
    assert told.startswith("I: ")


def test_nobody_and_somebody_without_the_role_take_nothing_in(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("vera")
    for who in ("vera@example.org", "nobody@example.org"):
        assert enduse("deals", "import", deal_file(tmp_path), "--by", who).code in (2, 3)
    assert not Deal.objects.exists()


REGISTER = """Номер;Контрагент;Страна;Конечный пользователь;Решение;Версия;Прочее
Р-1;Lakeside Telecom;Кения;Nairobi Care Line;Slovo;1.10;x
Р-2;Lumen;Атлантида;;Slovo;;
"""


def test_a_register_is_shown_first_and_taken_in_on_request(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    file = tmp_path / "register.csv"
    file.write_text(REGISTER, "utf-8")
    suggested = enduse("deals", "import-register", file, "--suggest", *ANNA)
    assert suggested.code == 0
    assert "register-mapping-1" in suggested.out
    shown = enduse("deals", "import-register", file, "--json", *ANNA)
    assert shown.code == 2  # Atlantis fits nowhere, and that is said
    assert any("Атлантида" in line.get("value", "") for line in shown.answers)
    assert shown.answers[-1]["deals"] == 2
    assert not Deal.objects.exists()
    enduse("deals", "import-register", file, "--apply", *ANNA)
    assert sorted(Deal.objects.values_list("reference", flat=True)) == ["Р-1", "Р-2"]
    first = Deal.objects.get(reference="Р-1")
    assert (first.counterparty, first.country, first.solution) == ("Lakeside Telecom", "KE", "Slovo 1.10")
    assert Deal.objects.get(reference="Р-2").country == ""
    assert "Lumen" in enduse("deals", "import-register", file, *ANNA).out or Deal.objects.filter(counterparty="Lumen").exists()


def test_a_registers_notes_and_unreadable_cells_are_shown_and_the_notes_kept(enduse: Enduse, tmp_path: Path) -> None:
    make_cast("anna")
    file = tmp_path / "register.xlsx"
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (["Номер", "Контрагент", "Страна", "Примечание"], ["Р-1", "Lumen", "=1+1", "стоп: письмо № 12"], [None, "Lumen", "Кения", "чья?"]):
        page.append(row)
    book.save(file)
    shown = enduse("deals", "import-register", file, "--lang", "ru", *ANNA)
    assert shown.code == 2
    assert "строка 2, столбец Страна: в ячейке C2 формула без значения" in shown.out
    assert "строка 2, Примечание: стоп: письмо № 12" in shown.out
    told = enduse("deals", "import-register", file, "--json", *ANNA).answers
    assert [(line["row"], line["notes"], "deal" in line) for line in told if "notes" in line] == [
        (2, {"Примечание": "стоп: письмо № 12"}, True),
        (3, {"Примечание": "чья?"}, False),
    ]
    enduse("deals", "import-register", file, "--apply", *ANNA)
    assert [comment.text for comment in Comment.objects.all()] == ["Примечание: стоп: письмо № 12"]
