"""An existing register comes in: what fits becomes deals that are deals, what does not is told, and nothing is guessed into a harmless answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.decision import decide
from enduse.domain.rules import Effect
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document, read_yaml
from enduse.formats.problems import BadInput, Problem
from enduse.formats.register_import import Deal, Preview, convert
from enduse.formats.register_mapping import FORMAT, RegisterMapping
from enduse.formats.register_words import FIELDS, ROLES
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_edition

COLUMNS = {
    "Номер": "reference",
    "Контрагент": "parties.counterparty.name",
    "Страна": "parties.counterparty.country",
    "Конечный пользователь": "parties.end_user.name",
    "Страна КП": "parties.end_user.country",
    "Решение": "solution.name",
    "Версия": "solution.version",
    "Форма": "delivery.form",
    "Может менять": "delivery.recipient_can_modify",
    "Оборудование": "solution.hardware",
    "Идентификация": "solution.identification.result",
    "№ договора": "documents.contract.number",
    "Дата договора": "documents.contract.date",
    "Статус": "note",
}
HEADER = list(COLUMNS)
ROW = {
    "Номер": "D-1",
    "Контрагент": "Al Noor Systems LLC",
    "Страна": "ОАЭ",
    "Конечный пользователь": "Sharjah Airport",
    "Страна КП": "AE",
    "Решение": "Видеоаналитика",
    "Версия": "3.10",
    "Форма": "на площадке заказчика",
    "Может менять": "да",
    "Оборудование": "нет",
    "Идентификация": "не подпадает",
    "№ договора": "17/26",
    "Дата договора": "01.02.2026",
    "Статус": "исполнена",
}
WHOLE = {
    "format": "enduse/deal-1",
    "reference": "D-1",
    "solution": {"name": "Видеоаналитика", "version": "3.10", "hardware": "no", "identification": {"result": "not_listed"}},
    "delivery": {"form": "on_premises", "recipient_can_modify": "yes"},
    "parties": [
        {"role": "counterparty", "name": "Al Noor Systems LLC", "country": "AE"},
        {"role": "end_user", "name": "Sharjah Airport", "country": "AE"},
    ],
    "documents": [{"kind": "contract", "number": "17/26", "date": "2026-02-01"}],
}


def mapping(columns: Mapping[str, str] | None = None, **more: Any) -> RegisterMapping:
    return RegisterMapping(format=FORMAT, columns=dict(COLUMNS if columns is None else columns), **more)


def checked(deal: Deal) -> None:
    read_deal(Document(deal), load_edition())


def preview(*rows: Mapping[str, str], held: RegisterMapping | None = None, header: Sequence[str] = HEADER) -> Preview:
    """Rows as changes of the whole one, from row 5 on."""
    cells = [(5 + at, [{**ROW, **row}.get(title, "") for title in header]) for at, row in enumerate(rows)]
    return convert(header, cells, held or mapping(), check=checked)


def deal(row: Mapping[str, str] | None = None, held: RegisterMapping | None = None, header: Sequence[str] = HEADER) -> Deal:
    ((_, found),) = preview(row or {}, held=held, header=header).deals
    return found


def told(found: Preview) -> list[tuple[int, str, str, str]]:
    for misfit in found.misfits:
        assert misfit.text("ru") != misfit.text("en") and "{" not in misfit.text("ru")
    return [(misfit.row, misfit.column, misfit.value, misfit.code) for misfit in found.misfits]


def test_a_whole_row_becomes_a_deal_as_spelt() -> None:
    found = preview({})
    assert found.deals == ((5, WHOLE),)
    assert (found.misfits, found.unused, found.kept_out) == ((), (), ())
    assert found.notes == {5: {"Статус": "исполнена"}}


def test_what_comes_in_is_written_and_read_as_any_deal() -> None:
    text = deal_text(deal())
    assert read_yaml(text).data == WHOLE
    assert read_deal(read_yaml(text), load_edition()).reference == "D-1"


def test_titles_are_found_however_they_are_written() -> None:
    header = [title.upper() + " " for title in HEADER]
    rows = [(2, [ROW[title] for title in HEADER])]
    assert convert(header, rows, mapping()).deals == ((2, WHOLE),)


def test_a_column_that_the_table_lacks_is_told_with_all_others_that_lack() -> None:
    with pytest.raises(BadInput) as caught:
        convert(["Номера", "Страна"], [], mapping({"Номер": "reference", "Цена": "title", "Страна": "parties.counterparty.country"}))
    assert [problem.code for problem in caught.value.problems] == ["mapping.column"] * 2
    assert "Может быть, `Номера`?" in caught.value.problems[0].text("ru")


@pytest.mark.parametrize(
    ("column", "value", "code", "lacks"),
    [
        ("Страна", "Нарния", "import.country", ("parties", 0, "country")),
        ("Дата договора", "02/03/2026", "import.day_order", ("documents", 0, "date")),
        ("Дата договора", "скоро", "import.day", ("documents", 0, "date")),
        ("Может менять", "иногда", "import.yes_no", ("delivery", "recipient_can_modify")),
        ("Идентификация", "в работе", "import.word", ("solution", "identification")),
        ("Версия", "3\x07", "import.control", ("solution", "version")),
    ],
)
def test_a_cell_that_does_not_fit_is_unknown_and_told(column: str, value: str, code: str, lacks: tuple[str | int, ...]) -> None:
    found = preview({column: value})
    assert told(found) == [(5, column, value, code)]
    assert {**WHOLE, "x": 1} != found.deals[0][1] != WHOLE
    inside: Any = found.deals[0][1]
    for step in lacks[:-1]:
        inside = inside[step]
    assert lacks[-1] not in inside


@pytest.mark.parametrize("text", ["", "-", "н/д", "unknown", "\u200b"])
@pytest.mark.parametrize("column", [title for title in HEADER if title != "Номер"])
def test_an_empty_cell_is_unknown_and_told_only_where_it_hides_another(column: str, text: str) -> None:
    found = preview({column: text})
    assert told(found) == ([(5, "Оборудование", "нет", "import.form")] if column == "Форма" else [])
    assert len(found.deals) == 1
    assert (found.deals[0][1] == WHOLE) == (column == "Статус")


def test_a_party_whose_cells_are_empty_is_unknown_and_not_absent() -> None:
    found = deal({"Страна": "РФ", "Конечный пользователь": "", "Страна КП": ""}, held=mapping(constant={"parties.counterparty.kind": "company"}))
    assert found["parties"][1] == {"role": "end_user"}
    decision = decide(read_deal(Document(found), load_edition()), load_edition(), at=date(2026, 11, 2))
    assert decision.facts["foreign"] == "unknown" and decision.outcome is not Effect.not_export


def test_an_intermediary_that_is_said_not_to_be_is_none_and_one_not_named_is_unknown() -> None:
    held = mapping({**COLUMNS, "Посредник": "parties.intermediary.name"}, constant={"parties.intermediary.kind": "company"})
    header = [*HEADER, "Посредник"]
    assert len(deal({"Посредник": "нет"}, held, header)["parties"]) == 2
    assert deal({"Посредник": ""}, held, header)["parties"][2] == {"role": "intermediary", "kind": "company"}
    stated = held.model_copy(update={"words": {"Посредник": {"empty": "none", "б/п": "none"}}})
    assert len(deal({"Посредник": ""}, stated, header)["parties"]) == len(deal({"Посредник": "Б/П"}, stated, header)["parties"]) == 2


def test_there_is_no_deal_without_counterparty_and_end_user() -> None:
    found = preview({"Конечный пользователь": "нет", "Страна КП": ""})
    assert told(found) == [(5, "Конечный пользователь", "нет", "import.nobody")]
    assert found.deals[0][1]["parties"][1] == {"role": "end_user"}


def test_an_intermediary_that_is_none_and_has_a_country_is_told() -> None:
    held = mapping({**COLUMNS, "Посредник": "parties.intermediary.name", "Страна посредника": "parties.intermediary.country"})
    found = preview({"Посредник": "нет", "Страна посредника": "Китай"}, held=held, header=[*HEADER, "Посредник", "Страна посредника"])
    assert told(found) == [(5, "Посредник", "нет", "import.nobody")]
    assert found.deals[0][1]["parties"][2] == {"role": "intermediary", "country": "CN"}


def test_an_end_user_who_is_the_counterparty_is_the_same() -> None:
    found = deal({"Конечный пользователь": "он же", "Страна КП": ""})
    assert found["parties"][1] == {**WHOLE["parties"][0], "role": "end_user"}  # type: ignore[index]
    assert deal({"Конечный пользователь": "он же", "Страна КП": "КНР"})["parties"][1]["country"] == "CN"


def test_the_counterpartys_country_does_not_stand_in_for_one_that_cannot_be_read() -> None:
    found = preview({"Страна": "РФ", "Конечный пользователь": "он же", "Страна КП": "Нарния"})
    assert found.deals[0][1]["parties"][1] == {"role": "end_user", "name": "Al Noor Systems LLC"}


@pytest.mark.parametrize("row", [{"Контрагент": "он же"}, {"Контрагент": "", "Конечный пользователь": "он же"}])
def test_the_same_as_nobody_is_told(row: dict[str, str]) -> None:
    found = preview(row)
    assert [code for *_, code in told(found)] == ["import.same"]
    assert all("name" not in party or party["name"] != "same" for party in found.deals[0][1]["parties"])


@pytest.mark.parametrize("form", ["", "курьером"])
def test_a_form_that_is_not_known_leaves_harmless_answers_unknown_and_adverse_ones_standing(form: str) -> None:
    found = preview({"Форма": form, "Может менять": "нет", "Оборудование": "нет"})
    assert "delivery" not in found.deals[0][1] and "hardware" not in found.deals[0][1]["solution"]
    assert [code for *_, code in told(found) if code != "import.word"] == ["import.form"] * 2
    adverse = deal({"Форма": form, "Может менять": "да", "Оборудование": "да"})
    assert (adverse["delivery"], adverse["solution"]["hardware"]) == ({"recipient_can_modify": "yes"}, "yes")


@pytest.mark.parametrize("target", [target for target, held in FIELDS.items() if held.demanded])
def test_a_row_without_an_answer_that_the_format_would_take_for_harmless_is_kept_out(target: str) -> None:
    held = mapping({**COLUMNS, "X": target})
    adverse = {"solution.identification.deeper_check": "да", "risk": "выявлен"}[target]
    for text, codes in (("", ["import.demanded"]), ("может быть", [None, "import.demanded"])):
        found = preview({"X": text}, {"X": adverse, "Номер": "D-2"}, held=held, header=[*HEADER, "X"])
        assert [number for number, _ in found.deals] == [6]
        assert found.kept_out == (5,)
        assert [code for *_, code in told(found)][-1] == codes[-1] and len(found.misfits) == len(codes)


def test_a_row_without_a_reference_is_told_and_kept_out_unless_the_mapping_numbers_it() -> None:
    found = preview({"Номер": ""}, {"Номер": "—"}, {})
    assert ([number for number, _ in found.deals], found.kept_out) == ([7], (5, 6))
    assert told(found) == [(5, "Номер", "", "import.no_reference"), (6, "Номер", "—", "import.no_reference")]
    found = preview({"Номер": ""}, {}, held=mapping(number="R-{row}/{x}"))
    assert [data["reference"] for _, data in found.deals] == ["R-5/{x}", "D-1"]
    only = {title: target for title, target in COLUMNS.items() if target != "reference"}
    assert preview({}, held=mapping(only)).kept_out == (5,)


def test_a_reference_in_several_rows_is_told_and_none_is_chosen() -> None:
    found = preview({"Номер": "D-2"}, {}, {"Номер": "d-1\u200b"}, {"Номер": "R-5"}, {"Номер": ""}, held=mapping(number="R-{row}"))
    assert [number for number, _ in found.deals] == [5, 8, 9]
    assert [(row, code) for row, _, _, code in told(found)] == [(6, "import.duplicate"), (7, "import.duplicate")]
    assert "6, 7" in found.misfits[0].text("en")
    assert preview({"Номер": "R-6"}, {"Номер": ""}, held=mapping(number="R-{row}")).kept_out == (5, 6)


def unread(*titles: str, row: Mapping[str, str], held: RegisterMapping | None = None) -> Preview:
    """A row whose cells under these titles the table could not read."""
    header = [*HEADER, *(title for title in titles if title not in HEADER)]
    cells = ["" if title in titles else {**ROW, **row}.get(title, "") for title in header]
    bad = {(5, header.index(title)): Problem("table.error", values={"cell": "X5", "value": "#REF!"}) for title in titles}
    return convert(header, [(5, cells)], held or mapping(), check=checked, unread=bad)


def test_a_cell_that_the_table_could_not_read_is_told_and_never_says_what_an_empty_one_does() -> None:
    found = unread("Страна", "Может менять", row={}, held=mapping(words={"Может менять": {"empty": "no"}}))
    assert told(found) == [(5, "Страна", "#REF!", "table.error"), (5, "Может менять", "#REF!", "table.error")]
    ((_, data),) = found.deals
    assert data["parties"][0] == {"role": "counterparty", "name": "Al Noor Systems LLC"}
    assert "recipient_can_modify" not in data["delivery"]


def test_what_could_not_be_read_is_taken_from_no_other_party_and_hides_none() -> None:
    found = unread("Страна КП", row={"Конечный пользователь": "он же"})
    assert found.deals[0][1]["parties"][1] == {"role": "end_user", "name": "Al Noor Systems LLC"}
    held = mapping({**COLUMNS, "Грузополучатель": "parties.consignee.name", "Страна ГП": "parties.consignee.country"})
    header = [*HEADER, "Грузополучатель", "Страна ГП"]
    cells = [*ROW.values(), "нет", ""]
    assert len(convert(header, [(5, cells)], held).deals[0][1]["parties"]) == 2
    bad = {(5, len(cells) - 1): Problem("table.error", values={"cell": "P5", "value": "#REF!"})}
    hidden = convert(header, [(5, cells)], held, unread=bad)
    assert {"role": "consignee"} in hidden.deals[0][1]["parties"]
    assert [code for *_, code in told(hidden)] == ["table.error", "import.nobody"]


def test_a_number_a_note_and_a_column_of_no_use_that_could_not_be_read_are_told() -> None:
    found = unread("Номер", "Статус", "Итого", row={})
    assert [(column, code) for _, column, _, code in told(found)] == [
        ("Номер", "table.error"),
        ("Статус", "table.error"),
        ("Итого", "table.error"),
        ("Номер", "import.no_reference"),
    ]
    assert (found.kept_out, found.unused, found.notes) == ((5,), ("Итого",), {})


def test_a_row_that_is_kept_out_still_counts_as_a_duplicate() -> None:
    held = mapping({**COLUMNS, "X": "risk"})
    found = preview({"X": ""}, {"X": "нет"}, held=held, header=[*HEADER, "X"])
    assert (found.deals, found.kept_out) == ((), (5, 6))


def test_words_of_the_mapping_outrank_ours() -> None:
    held = mapping(
        words={"страна": {"Эмираты ": "CN", "ОАЭ": "unknown"}, "Форма": {"на площадке заказчика": "weights"}, "Контрагент": {"AN": "Al Noor"}}
    )
    found = deal({"Страна": "эмираты", "Контрагент": "an"}, held)
    assert found["parties"][0] == {"role": "counterparty", "name": "Al Noor", "country": "CN"}
    assert found["delivery"]["form"] == "weights"
    assert "country" not in deal({}, held)["parties"][0]


def test_dates_are_read_the_way_the_mapping_says() -> None:
    documents = [deal({"Дата договора": "02/03/2026"}, mapping(dates=order))["documents"][0]["date"] for order in ("day_first", "month_first")]
    assert documents == ["2026-03-02", "2026-02-03"]


def test_constants_are_in_every_deal() -> None:
    held = mapping(constant={"exporter.name": "ООО «Заря»", "documents.order.number": "7", "parties.payer.country": "Казахстан"})
    found = deal({}, held)
    assert found["exporter"] == {"name": "ООО «Заря»"}
    assert found["documents"][0] == {"kind": "order", "number": "7"}
    assert found["parties"][2] == {"role": "payer", "country": "KZ"}


def test_citizenship_is_a_list_and_of_the_stateless_an_empty_one() -> None:
    held = mapping({"Номер": "reference", "Гражданство": "parties.owner.citizenship", "ИНН": "parties.owner.identifiers.inn"})
    for text, citizenship in (("РФ, Кения", ["RU", "KE"]), ("без гражданства", [])):
        assert deal({"Гражданство": text, "ИНН": "0412"}, held, ["Номер", "Гражданство", "ИНН"])["parties"] == [
            {"role": "owner", "citizenship": citizenship, "identifiers": {"inn": "0412"}}
        ]


def test_a_column_of_which_nothing_is_made_is_told_if_it_holds_anything() -> None:
    header = [*HEADER, "Вес", "Пусто", "№ п/п"]
    found = preview({"Вес": "5", "№ п/п": "1"}, held=mapping(skip=["№ П/П"]), header=header)
    assert found.unused == ("Вес",)


def test_a_deal_that_is_none_is_told_with_its_row_and_kept_out() -> None:
    def strict(data: Deal) -> None:
        if data["reference"] == "D-2":
            raise BadInput(Problem("value.day", ("date",), values={"value": "x"}), Problem("deal.entries"))

    cells = [(5 + at, [{**ROW, "Номер": number}[title] for title in HEADER]) for at, number in enumerate(("D-1", "D-2", "D-3"))]
    found = convert(HEADER, cells, mapping(), check=strict)
    assert ([number for number, _ in found.deals], found.kept_out) == ([5, 7], (6,))
    assert told(found) == [(6, "", "", "value.day"), (6, "", "", "deal.entries")]


def test_a_short_row_is_one_with_empty_cells() -> None:
    assert convert(HEADER, [(2, ["D-1"])], mapping()).deals[0][1]["parties"] == [{"role": "counterparty"}, {"role": "end_user"}]
    assert convert(HEADER, [(2, [])], mapping()).kept_out == (2,)


EVERY = {f"T{at}": target for at, target in enumerate([*FIELDS, "documents.act.date", "parties.payer.identifiers.inn"])}
SAID = [
    "",
    "-",
    "да",
    "нет",
    "yes",
    "unknown",
    "он же",
    "РФ",
    "ОАЭ",
    "Нарния",
    "2026-02-01",
    "02/03/2026",
    "weights",
    "not_listed",
    "компания",
    "D-1",
    "\x01",
]


@given(st.lists(st.lists(st.sampled_from(SAID) | st.text(max_size=8), min_size=len(EVERY), max_size=len(EVERY)), max_size=4))
def test_every_deal_that_comes_out_is_a_deal_and_every_row_is_accounted_for(rows: list[list[str]]) -> None:
    found = convert(list(EVERY), list(enumerate(rows, 2)), mapping(EVERY))  # unchecked: it has to be right by itself
    for _, data in found.deals:
        checked(data)
        assert read_yaml(deal_text(data)).data == data
    assert sorted([*(number for number, _ in found.deals), *found.kept_out]) == [number for number, _ in enumerate(rows, 2)]
    assert {misfit.row for misfit in found.misfits} >= set(found.kept_out)


@given(st.dictionaries(st.sampled_from(list(EVERY)), st.sampled_from(SAID)))
def test_emptying_cells_never_makes_a_deal_foreign_to_nobody(cells: dict[str, str]) -> None:
    every = {**dict.fromkeys(EVERY, ""), **cells, "T0": "D-1"}
    answers = {title: {"solution.identification.deeper_check": "нет", "risk": "нет"}.get(target) for title, target in EVERY.items()}
    every |= {title: text for title, text in answers.items() if text}
    found = convert(list(EVERY), [(2, list(every.values()))], mapping(EVERY), check=checked)
    ((_, data),) = found.deals
    roles = {party["role"] for party in data["parties"]}
    for role in ROLES:
        name = every[next(title for title, target in EVERY.items() if target == f"parties.{role}.name")]
        assert role in roles or (name == "нет" and role not in ("counterparty", "end_user"))


ADVERSE = {
    "Страна": ["РФ", "ОАЭ", "Кения"],
    "Страна КП": ["РФ", "Китай"],
    "Конечный пользователь": ["он же", "Sharjah Airport"],
    "Форма": ["веса", "устройство", "api"],
    "Может менять": ["да", "нет"],
    "Оборудование": ["да", "нет"],
    "Идентификация": ["подпадает", "не подпадает", "не проводилась"],
}
ROWS = st.fixed_dictionaries({title: st.sampled_from(words) for title, words in ADVERSE.items()})
HARM = ("foreign", "modifiable", "hardware", "listed")


@given(ROWS, st.dictionaries(st.sampled_from(list(ADVERSE)), st.sampled_from(["", "-", "Нарния", "может быть"])))
def test_a_cell_that_is_lost_never_makes_a_deal_milder(row: dict[str, str], lost: dict[str, str]) -> None:
    held = mapping(constant={"parties.counterparty.kind": "company", "parties.end_user.kind": "company"})
    whole, less = (
        decide(read_deal(Document(deal(cells, held)), load_edition()), load_edition(), at=date(2026, 11, 2)) for cells in (row, {**row, **lost})
    )
    for fact in HARM:
        assert less.facts[fact] != "no" or whole.facts[fact] == "no", fact
    assert less.outcome is not Effect.not_export or whole.outcome is Effect.not_export
