"""A deal's content in words, and what differs between two contents: every place once."""

from __future__ import annotations

from enduse.web.reading import Difference, differences, key_name, told
from tests.builders import PERMIT, file_with


def test_keys_and_codes_are_told_in_words() -> None:
    rows = {row.name: row for row in told(file_with(permits=[PERMIT]), "ru")}
    assert rows["дата"].text == "2 ноября 2026"
    assert rows["стороны"].rows[0].text == "роль: контрагент; наименование: Lakeside Telecom; вид: компания; страна: Кения"
    assert "состояние: выдано" in rows["разрешения"].rows[0].text
    assert {line.name: line.text for line in rows["решение ИИ"].rows}["только гражданское"] == "да"


def test_indicators_are_told_together_by_their_answer_and_reasons_one_by_one() -> None:
    rows = {row.name: row for row in told(file_with(indicators={"9": {"state": "explained", "reason": "the norm", "by": "boris"}}), "en")}
    lines = rows["indicators"].rows
    assert lines[0].name == "9"
    assert "the norm" in lines[0].text
    assert lines[1].text == "absent"
    assert lines[1].name.startswith("1, 2, 3")


def test_what_has_no_words_is_told_as_it_stands() -> None:
    assert told({"curious_key": "curious value", "x": None, "y": []}, "en")[0].text == "curious value"
    assert key_name("curious_key", "ru") == "curious_key"


def test_each_place_that_differs_is_told_once() -> None:
    before, after = file_with(), file_with(solution={"version": "1.11"}, parties=[*file_with()["parties"], {"role": "payer", "name": "Bank"}])
    assert differences(before, after, "en") == [
        Difference("AI solution · version", "1.10", "1.11"),
        Difference("parties · 3", "", "role: payer; name: Bank"),
    ]


def test_what_was_taken_out_or_replaced_is_told_too() -> None:
    assert differences({"contract": {"clauses": "unknown"}}, {"contract": {"clauses": {"state": "excused", "reason": "pilot"}}}, "en") == [
        Difference("contract · use restrictions", "not agreed yet", "answer: left out for a stated reason; reason: pilot")
    ]
    assert differences({"title": "a"}, {}, "en") == [Difference("title", "a", "")]
    assert differences({"checks": ["wmd"]}, {"checks": ["wmd"]}, "en") == []
