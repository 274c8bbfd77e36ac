"""The mapping of a register: checked with its lines, written and read back, and guessed from titles in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.deal import given as visible
from enduse.formats.plain import read_json, read_yaml
from enduse.formats.problems import BadInput
from enduse.formats.register_mapping import FORMAT, RegisterMapping, mapping_text, read_mapping, suggest
from enduse.formats.register_words import FIELDS, plain_words

WHOLE = """\
format: enduse/register-mapping-1
columns:
  Номер: reference
  Контрагент: parties.counterparty.name
  Страна: parties.counterparty.country
  Годен: solution.civil_only
  Статус: note
  Примечание: note
words:
  страна: {Эмираты: AE, прочие: unknown, empty: KE}
  Годен: {"V": yes, "X": no}
constant:
  parties.counterparty.kind: company
skip: [№ п/п]
number: "R-{row}"
dates: day_first
"""


def told(text: str) -> list[tuple[int | None, str]]:
    try:
        read_mapping(read_yaml(text), file="mapping.yaml")
    except BadInput as error:
        assert all(problem.file == "mapping.yaml" and problem.text("ru") != problem.text("en") for problem in error.problems)
        return [(problem.line, problem.code) for problem in error.problems]
    return []


def changed(old: str, new: str) -> str:
    assert WHOLE.count(old) == 1
    return WHOLE.replace(old, new)


def test_a_mapping_is_read() -> None:
    held = read_mapping(read_yaml(WHOLE))
    assert held.columns["Страна"] == "parties.counterparty.country"
    assert held.words["Годен"] == {"V": "yes", "X": "no"}
    assert (held.constant, held.skip, held.number, held.dates) == ({"parties.counterparty.kind": "company"}, ["№ п/п"], "R-{row}", "day_first")


def test_json_is_read_like_yaml() -> None:
    text = '{"format": "enduse/register-mapping-1", "columns": {"Номер": "reference"}}'
    assert read_mapping(read_yaml(text)).columns == {"Номер": "reference"}
    assert read_json(text) == read_yaml(text).data


def test_a_mapping_reads_back_as_it_was_written() -> None:
    held = read_mapping(read_yaml(WHOLE))
    assert read_mapping(read_yaml(mapping_text(held))) == held


@pytest.mark.parametrize(
    ("old", "new", "problems"),
    [
        ("register-mapping-1", "register-mapping-2", [(1, "word.unknown")]),
        ("skip: [", "skipp: [", [(14, "key.unknown")]),
        ("day_first", "us", [(16, "word.unknown")]),
        ("  Номер: reference", "  Номер: referense", [(3, "mapping.target")]),
        ("  Номер: reference", "  Номер: checks", [(3, "mapping.target")]),
        ("  Номер: reference", "  Номер: [reference]", [(3, "want.text")]),
        ("  Номер: reference", "  Номер:", [(3, "want.given")]),
        ("  Номер: reference", "  Номер: parties.counterparty.name", [(3, "mapping.twice"), (4, "mapping.twice")]),
        ("parties.counterparty.kind: company", "parties.counterparty.name: Al", [(4, "mapping.twice"), (13, "mapping.twice")]),
        ("parties.counterparty.kind: company", "parties.counterparty.kind: firm", [(13, "import.word")]),
        ("parties.counterparty.kind: company", "parties.boss.kind: company", [(13, "mapping.target")]),
        ("parties.counterparty.kind: company", "risk: none", []),
        ("parties.counterparty.kind: company", "risk: unknown", [(13, "want.given")]),
        ("Номер: reference\n", "Номер: note\n", []),
        ("[№ п/п]", "[№ п/п, номер]", [(14, "mapping.both")]),
        ("  страна: {", "  Страница: {", [(10, "mapping.idle")]),
        ("Эмираты: AE", "Эмираты: Нарния", [(10, "import.country")]),
        ('"V": yes', '"V": maybe', [(11, "import.yes_no")]),
        ('"R-{row}"', "R-1", [(15, "mapping.number")]),
    ],
)
def test_what_does_not_fit_is_told_at_its_line(old: str, new: str, problems: list[tuple[int, str]]) -> None:
    assert told(changed(old, new)) == problems


def test_no_reference_or_note_is_the_same_for_every_deal() -> None:
    for target in ("reference", "note"):
        text = changed("  Номер: reference\n", "").replace("parties.counterparty.kind: company", f"{target}: D-1")
        assert told(text) == [(12, "mapping.constant")]


def test_a_field_almost_right_is_hinted_at() -> None:
    with pytest.raises(BadInput) as caught:
        read_mapping(read_yaml(changed("  Номер: reference", "  Номер: referense")))
    assert "Perhaps `reference`?" in caught.value.problems[0].text("en")


RUSSIAN = {
    "Номер сделки": "reference",
    "Дата": "date",
    "Контрагент": "parties.counterparty.name",
    "Страна": "parties.counterparty.country",
    "ИНН": "parties.counterparty.identifiers.inn",
    "Конечный пользователь": "parties.end_user.name",
    "Страна конечного пользователя": "parties.end_user.country",
    "Адрес грузополучателя": "parties.consignee.address",
    "Решение": "solution.name",
    "Версия": "solution.version",
    "№ договора": "documents.contract.number",
    "Дата договора": "documents.contract.date",
    "Форма передачи": "delivery.form",
    "Результат идентификации": "solution.identification.result",
    "Статус": "note",
    "Примечания": "note",
}
ENGLISH = {
    "Deal No.": "reference",
    "Counterparty": "parties.counterparty.name",
    "Counterparty country": "parties.counterparty.country",
    "End-user": "parties.end_user.name",
    "Country of end user": "parties.end_user.country",
    "Product": "solution.name",
    "Version": "solution.version",
    "Contract number": "documents.contract.number",
    "Contract date": "documents.contract.date",
    "Form of delivery": "delivery.form",
    "Outcome": "note",
}


@pytest.mark.parametrize("titles", [RUSSIAN, ENGLISH], ids=["ru", "en"])
def test_titles_are_guessed_in_both_languages(titles: dict[str, str]) -> None:
    assert suggest(list(titles)) == RegisterMapping(format=FORMAT, columns=titles)
    assert suggest([title.upper() for title in titles]).columns == {title.upper(): target for title, target in titles.items()}


def test_a_title_with_a_slip_is_guessed_and_one_like_nothing_is_left() -> None:
    assert suggest(["Контрагнет", "Страна конечнго пользователя", "Вес брутто", "Цвет", "5"]).columns == {
        "Контрагнет": "parties.counterparty.name",
        "Страна конечнго пользователя": "parties.end_user.country",
    }


def test_a_field_goes_to_the_column_most_like_it() -> None:
    assert suggest(["Номер сделкы", "Номер сделки", "Страна", "Страна (2)"]).columns == {
        "Номер сделки": "reference",
        "Страна": "parties.counterparty.country",
    }


def test_a_column_that_counts_the_rows_is_skipped() -> None:
    assert suggest(["№ п/п", "Номер"]) == RegisterMapping(format=FORMAT, columns={"Номер": "reference"}, skip=["№ п/п"])
    assert suggest(["№", "Номер сделки"]).skip == ["№"]
    assert suggest(["№", "Номер договора"]).columns == {"№": "reference", "Номер договора": "documents.contract.number"}


def test_the_risky_fields_are_guessed_by_their_exact_titles_only() -> None:
    assert suggest(["Риск"]).columns == {"Риск": "risk"}
    assert "risk" not in suggest(["Риск срыва сроков", "Рискованность"]).columns.values()


HEADERS = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20) | st.sampled_from([*RUSSIAN, *ENGLISH]), max_size=12
)


@given(HEADERS)
def test_any_guess_is_a_mapping_that_reads_back(header: list[str]) -> None:
    titles = list({plain_words(title): " ".join(title.split()) for title in header if visible(title)}.values())
    guess = suggest(titles)
    assert read_mapping(read_yaml(mapping_text(guess))) == guess
    assert set(guess.columns) <= set(titles)
    assert all(target in FIELDS or ".identifiers." in target for target in guess.columns.values())
