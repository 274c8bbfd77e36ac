"""Taking in files of deals and registers: each deal an action of its own, a bad one stops no other, and a preview writes nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from enduse.casework.deals.models import Comment, Deal
from enduse.casework.deals.taking_in import Taken, preview_register, preview_table, suggested, take_in_file, take_in_register
from enduse.casework.ledger.models import Record
from enduse.casework.ledger.verifying import verify
from enduse.casework.people.actor import Actor
from enduse.documents.tables import read_table
from enduse.domain.refusals import NotAllowed
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput
from enduse.formats.register_mapping import read_mapping
from tests.builders import file_with
from tests.casework.cast import held
from tests.casework.tables import changed, dump

pytestmark = pytest.mark.django_db
Cast = dict[str, Actor]
REGISTER = """Номер;Контрагент;Страна;Конечный пользователь;Страна конечного пользователя;Решение;Версия
D-1;Al Noor Systems LLC;ОАЭ;Sharjah Airport;ОАЭ;Videoanalitika;3.10
D-2;Lakeside Telecom;Кения;Nairobi Care Line;Кения;Slovo;1.10
D-3;Lakeside Telecom;Нигде;Nairobi Care Line;Кения;Slovo;1.10
"""
COLUMNS = {
    "Номер": "reference",
    "Контрагент": "parties.counterparty.name",
    "Страна": "parties.counterparty.country",
    "Конечный пользователь": "parties.end_user.name",
    "Страна конечного пользователя": "parties.end_user.country",
    "Решение": "solution.name",
    "Версия": "solution.version",
}


def lines(*deals: Any) -> io.BytesIO:
    """A file of a deal a line."""
    return io.BytesIO("".join((deal if isinstance(deal, str) else json.dumps(deal)) + "\n" for deal in deals).encode())


def taken(by: Actor, *deals: Any) -> list[Taken]:
    return list(take_in_file(lines(*deals), "deals.jsonl", by=by))


def test_each_deal_of_a_file_is_taken_in_and_a_bad_one_stops_no_other(cast: Cast) -> None:
    records = Record.objects.count()
    found = taken(cast["anna"], file_with(), "{", file_with(reference="D-2", risk="maybe"), file_with(), file_with(reference="D-3"))
    assert [
        (one.reference, [*map(str, (problem.code for problem in one.problems))], [refusal.code for refusal in one.refusals]) for one in found[::2]
    ] == [
        ("D-1", [], []),
        ("D-2", ["word.unknown"], []),
        ("D-3", [], []),
    ]
    assert found[1].problems
    assert (found[1].reference, found[1].deal) == ("", None)
    assert [refusal.code for refusal in found[3].refusals] == ["deal.exists"]
    assert len({one.where for one in found}) == 5
    assert [held(one.deal).deal.reference for one in found if one.deal] == ["D-1", "D-3"]
    kinds = Record.objects.filter(index__gte=records).values_list("kind", "by")
    assert list(kinds) == [("deal.imported", cast["anna"].stamp)] * 2
    assert '"note":"deals.jsonl"' in (Record.objects.latest("index").body or "")


def test_whoever_may_not_take_in_reads_nothing(cast: Cast) -> None:
    before = dump()
    for name in ("vera", "boris", "root"):
        with pytest.raises(NotAllowed, match=r"people\.no_role"):
            taken(cast[name], file_with())
    assert changed(before, dump()) == []


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, "utf-8")
    return path


def test_a_mapping_is_suggested_from_the_titles(register: Path) -> None:
    assert read_mapping(read_yaml(suggested(register))).columns == COLUMNS


def test_a_preview_shows_what_would_come_and_writes_nothing(register: Path, tmp_path: Path, cast: Cast) -> None:
    before = dump()
    found = preview_register(register, None)
    assert [(row, content["reference"]) for row, content in found.deals] == [(2, "D-1"), (3, "D-2"), (4, "D-3")]
    assert [(misfit.row, misfit.column, misfit.value) for misfit in found.misfits] == [(4, "Страна", "Нигде")]
    assert found.deals[0][1]["parties"][0] == {"role": "counterparty", "name": "Al Noor Systems LLC", "country": "AE"}
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: enduse/register-mapping-1\ncolumns: {Номер: reference, Решение: solution.name}\n", "utf-8")
    own = preview_register(register, str(mapping))
    assert own.deals[0][1] == {"format": "enduse/deal-1", "reference": "D-1", "solution": {"name": "Videoanalitika"}}
    assert "Контрагент" in own.unused
    assert preview_table(read_table(register, register.name), None).deals == found.deals
    mapping.write_text("format: enduse/register-mapping-1\ncolumns: {Номер: no.such.field}\n", "utf-8")
    with pytest.raises(BadInput, match=r"no\.such\.field"):
        preview_register(register, str(mapping))
    assert changed(before, dump()) == []


def test_cells_that_the_table_could_not_read_are_misfits(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Номер", "Контрагент", "Страна"])
    page.append(["D-1", "=1+1", "ОАЭ"])
    path = tmp_path / "register.xlsx"
    book.save(path)
    found = preview_register(path, None)
    assert [(one.row, one.column, one.code) for one in found.misfits] == [(2, "Контрагент", "table.formula")]
    assert found.deals[0][1]["parties"] == [{"role": "counterparty", "country": "AE"}]


def test_a_note_is_kept_as_a_comment_by_the_same_action(tmp_path: Path, cast: Cast) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Номер;Контрагент;Статус;Примечание\nD-1;Lumen;исполнена;стоп: письмо ФСТЭК России № 12\nD-2;Lumen;;\n", "utf-8")
    preview = preview_register(path, None)
    assert preview.notes == {2: {"Статус": "исполнена", "Примечание": "стоп: письмо ФСТЭК России № 12"}}
    records = Record.objects.count()
    assert [refused for _, refused in take_in_register(preview, by=cast["anna"], source="register.csv")] == [None, None]
    said = "Статус: исполнена\nПримечание: стоп: письмо ФСТЭК России № 12"
    ((comment),) = Comment.objects.all()
    assert (comment.deal.reference, comment.text, comment.by_id) == ("D-1", said, cast["anna"].person)
    kept = Record.objects.filter(index__gte=records).order_by("index")
    assert [record.kind for record in kept] == ["deal.imported"] * 2
    assert [json.loads(record.body or "").get("text") for record in kept] == [said, None]
    assert comment.at.isoformat(timespec="seconds")[:19] == kept[0].at[:19]
    assert not verify().findings


def test_a_register_comes_in_a_deal_a_row_and_what_is_there_already_is_told(register: Path, cast: Cast) -> None:
    preview = preview_register(register, None)
    found = list(take_in_register(preview, by=cast["anna"], source="register.csv"))
    assert [(reference, refused) for reference, refused in found] == [("D-1", None), ("D-2", None), ("D-3", None)]
    before = dump()
    again = list(take_in_register(preview, by=cast["anna"], source="register.csv"))
    assert [(reference, refused and refused.refusals[0].code) for reference, refused in again] == [
        (reference, "deal.exists") for reference in ("D-1", "D-2", "D-3")
    ]
    assert changed(before, dump()) == []
    assert Deal.objects.count() == 3
    assert Deal.objects.get(reference="D-1").outcome == "incomplete"
