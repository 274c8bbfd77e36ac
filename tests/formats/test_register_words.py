"""The cells of registers: read in both languages, or told why not; and nothing that is doubtful becomes an answer."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.formats.deal_shape import DEAL_FILE
from enduse.formats.problems import Problem
from enduse.formats.register_words import FIELDS, NOBODY, NOT_SAID, ROLES, SAME, DayOrder, Value, country_of, day_of, field_of, plain_words, value_of
from enduse.formats.schema import keys_at


def read(target: str, text: str, order: DayOrder | None = None) -> Value | str:
    """What a cell says for a target, or the code of why it cannot be read."""
    held = field_of(target)
    assert held is not None
    found = value_of(held, text, order)
    if isinstance(found, Problem):
        assert found.text("ru") != found.text("en")
        return found.code
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-01",
        "2026-2-1",
        "2026.02.01",
        "2026/02/01",
        "01.02.2026",
        "1.2.2026",
        "01.02.2026 г.",
        "01.02.2026г",
        "1 Feb 2026",
        "01-Feb-2026",
        "1 February 2026",
        "Feb 1, 2026",
        "February 1st 2026",
        "1st Feb 2026",
        "1 февраля 2026 г.",
        "«1» февраля 2026 года",
        "1 ФЕВ 2026",
        "01 фев. 2026",
        "2026-02-01 00:00:00",
        "2026-02-01T10:30:00",
        "01.02.2026 10:30",
        " 1  Feb\n2026 ",
        "2026-02-01T10:30:00.123Z",
    ],
)
def test_a_day_is_read_in_both_languages(text: str) -> None:
    assert day_of(text) == "2026-02-01"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026",
        "02.2026",
        "01.02.26",
        "1/2/26",
        "46054",
        "31.02.2026",
        "2026-13-01",
        "00.01.2026",
        "1 Nov. 26",
        "1 мартабря 2026",
        "1.2-2026",
        "01.02.2026 и 03.02.2026",
        "0026-02-01",
        "9999-01-01",
        "1 мес 2026",
        "32 Jan 2026",
        "13/13/2026",
        "01.02.2026 25",
        "2026-02-01x",
    ],
)
def test_what_is_no_day_is_told(text: str) -> None:
    found = day_of(text)
    assert isinstance(found, Problem) and found.code == "import.day"


@pytest.mark.parametrize("text", ["02/03/2026", "2/3/2026", "02-03-2026"])
def test_a_day_that_could_be_either_way_round_is_not_guessed(text: str) -> None:
    found = day_of(text)
    assert isinstance(found, Problem) and found.code == "import.day_order"
    assert day_of(text, "day_first") == "2026-03-02"
    assert day_of(text, "month_first") == "2026-02-03"


def test_a_day_that_can_be_only_one_way_round_is_read_unless_another_way_was_said() -> None:
    assert (day_of("13/02/2026"), day_of("02/13/2026"), day_of("05/05/2026")) == ("2026-02-13", "2026-02-13", "2026-05-05")
    assert day_of("13/02/2026", "day_first") == day_of("02/13/2026", "month_first") == "2026-02-13"
    for text, order in (("02/13/2026", "day_first"), ("13/02/2026", "month_first")):
        found = day_of(text, order)  # type: ignore[arg-type]
        assert isinstance(found, Problem) and found.code == "import.day"


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_any_day_is_read_back(day: date) -> None:
    forms = ["{:%Y-%m-%d}", "{:%d.%m.%Y}", "{:%d %b %Y}", "{:%B %d, %Y}", "{:%Y/%m/%d}"]
    assert {day_of(form.format(day)) for form in forms} == {day.isoformat()}
    assert day_of(f"{day:%d/%m/%Y}", "day_first") == day_of(f"{day:%m/%d/%Y}", "month_first") == day.isoformat()
    unsure = day_of(f"{day:%d/%m/%Y}")
    assert isinstance(unsure, Problem) if day.day < 13 and day.day != day.month else unsure == day.isoformat()


@pytest.mark.parametrize("target", sorted(FIELDS))
def test_an_empty_cell_says_nothing_for_any_field(target: str) -> None:
    for text in (*sorted(NOT_SAID), "  ", "\u200b", "N/A", "Нет данных", " — "):
        assert read(target, text) is None, text


@pytest.mark.parametrize(
    ("target", "text", "found"),
    [
        ("reference", " D-1 ", "D-1"),
        ("solution.version", "3.10", "3.10"),
        ("parties.counterparty.address", "Sharjah,\n P.O. Box  4471", "Sharjah, P.O. Box 4471"),
        ("solution.civil_only", "Да", "yes"),
        ("solution.civil_only", "НЕТ", "no"),
        ("solution.hardware", "TRUE", "yes"),
        ("solution.hardware", "да, сервер", "import.yes_no"),
        ("solution.hardware", "1", "import.yes_no"),
        ("solution.hardware", "+", "import.yes_no"),
        ("parties.end_user.country", "ОАЭ", "AE"),
        ("parties.end_user.country", "NO", "NO"),
        ("parties.end_user.country", "нет", "import.country"),
        ("parties.end_user.country", "ОАЭ, Китай", "import.country"),
        ("parties.end_user.citizenship", "Россия", ("RU",)),
        ("parties.end_user.citizenship", "РФ, Кения", ("RU", "KE")),
        ("parties.end_user.citizenship", "РФ и Кения", ("RU", "KE")),
        ("parties.end_user.citizenship", "РФ, Нарния", "import.country"),
        ("parties.end_user.citizenship", "Korea, Republic of", ("KR",)),
        ("parties.end_user.citizenship", "без гражданства", ()),
        ("parties.end_user.kind", "Юр. лицо", "company"),
        ("parties.end_user.kind", "ИП", "import.word"),
        ("parties.owner.birth_date", "1980", "1980"),
        ("parties.owner.birth_date", "02.03.1980", "1980-03-02"),
        ("parties.owner.birth_date", "80", "import.day"),
        ("delivery.form", "исходный код", "source_code"),
        ("delivery.form", "On premises", "on_premises"),
        ("delivery.form", "Веса  модели", "weights"),
        ("delivery.form", "диск", "import.word"),
        ("solution.identification.result", "Не подпадает", "not_listed"),
        ("solution.identification.result", "подпадает", "listed"),
        ("solution.identification.result", "не подпадает (кроме п. 1.4.1)", "import.word"),
        ("contract.clauses", "agreed", "agreed"),
        ("contract.clauses", "да", "import.word"),
        ("risk", "нет", "none"),
        ("risk", "низкий", "import.word"),
        ("documents.contract.date", "01.02.2026", "2026-02-01"),
        ("documents.act.number", "7", "7"),
        ("parties.end_user.identifiers.inn", "0412", "0412"),
        ("parties.end_user.name", "он же", SAME),
        ("parties.end_user.name", "Отсутствует", NOBODY),
        ("parties.end_user.name", "Нет-Нет LLC", "Нет-Нет LLC"),
        ("title", "a\x07b", "import.control"),
        ("title", "a\ud800b", "import.control"),
    ],
)
def test_a_cell_is_read_or_told(target: str, text: str, found: object) -> None:
    assert read(target, text) == found


@pytest.mark.parametrize(
    "target",
    [
        "",
        "evidence",
        "permit.status",
        "checks",
        "notices",
        "indicators.1",
        "choice",
        "record.excused",
        "format",
        "parties.boss.name",
        "parties.counterparty",
        "documents.contract.kind",
        "documents.Contract.date",
        "parties.payer.identifiers.",
        "contract.clauses.state",
    ],
)
def test_what_only_a_person_may_state_is_no_field(target: str) -> None:
    assert field_of(target) is None


def test_every_field_is_a_key_of_the_deal_file() -> None:
    for target in set(FIELDS) - {"note"}:
        *way, last = target.split(".")
        path: tuple[str | int, ...] = tuple(0 if step in ROLES or (step == "contract" and way[0] == "documents") else step for step in way)
        assert last in keys_at(DEAL_FILE, path), target


def test_no_word_of_ours_has_two_meanings() -> None:
    for target, held in FIELDS.items():
        words = [plain_words(word) for ours, others in held.words.items() for word in {ours, *others}]
        assert len(words) == len(set(words)), target
        assert not (set(words) - {"unknown"}) & NOT_SAID, target


def test_a_country_almost_right_is_hinted_at() -> None:
    found = country_of("Казакстан")
    assert isinstance(found, Problem) and "Казахстан" in found.text("ru")


@given(st.sampled_from(sorted(FIELDS)), st.text())
def test_any_text_is_a_value_or_a_clear_problem(target: str, text: str) -> None:
    found = read(target, text)
    if FIELDS[target].kind in ("yes_no", "word") and found is not None:
        assert found in {*FIELDS[target].words, "import.word", "import.yes_no", "import.control"}
