"""The same name written otherwise, on both sides: Chinese and Korean parted, Chinese and Korean in Russian letters in Latin ones."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.screening.query import Query
from enduse.domain.screening.readings import readings
from enduse.domain.screening.respelling import MOST, MOST_KOREAN, PARTED, respelt
from tests.searched import codes, entry, found, hit, is_hit, score


@pytest.mark.parametrize(
    ("name", "others"),
    [
        ("习近", ["习 近"]),
        ("习近平", ["习 近平", "习 近 平"]),
        ("이재용", ["이 재용", "이 재 용"]),
        ("司馬相如", ["司馬 相如", "司 馬 相如", "司 馬 相 如"]),
        (" 习近 ", ["习 近"]),
        (unicodedata.normalize("NFD", "이재용"), ["이 재용", "이 재 용"]),
        ("Чжан Вэй", ["zhang wei"]),
        ("ДЭН СЯОПИН", ["deng xiaoping"]),
        ("«Мао Цзэдун»", ["mao zedong"]),
        ("Люй Бу", ["lu bu"]),
        ("Ким Чен Ын", ["kim jong un", "kim jung eun", "kim jon un", "kim jeon eun"]),
        ("О Кук Рёль", ["o kuk ryol", "oh guk ryeol"]),
        (unicodedata.normalize("NFD", "О Кук Рёль"), ["o kuk ryol", "oh guk ryeol"]),
        ("Ли Мин", ["li ming", "ri min", "lee min"]),  # Chinese or Korean
    ],
)
def test_a_name_parted_or_in_pinyin(name: str, others: list[str]) -> None:
    assert list(respelt(name)) == others


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            " ",
            "习",
            "이 재용",
            "司馬相如如",
            "トヨタ",
            "习a",
            "Rosa Quill",
            "Zhang Wei",
            "Ромашка",
            "Роза Плюмбворт",
            "Чжан Smith",
            "Лев Ли",
            "123",
        ),
        *("Ли Антон", "Марина Ким", "Ким Роман", "Пан Сергей", "Лена Сон", "Ким А. И.", "Ким А.И.", "Ким Чен Smith", "ООО Сон", "Ким Чен Ын 2"),
    ],
)
def test_most_names_are_written_in_one_way(name: str) -> None:
    assert list(respelt(name)) == []


def test_a_text_too_long_for_a_name_is_not_turned_into_pinyin() -> None:
    assert list(respelt("Чжан Вэй " * 3)) != []
    assert list(respelt("Чжан Вэй " * 10)) == []


# Among the candidates; common syllables are anybody's, and whether they are hits is for the weights to say.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Чжан Вэй", "Zhang Wei"),
        ("Дэн Сяопин", "Deng Xiaoping"),
        ("Си Цзиньпин", "Xi Jinping"),
        ("习近平", "Xi Jinping"),
        ("习近平", "Си Цзиньпин"),
        ("이재용", "Lee Jae-yong"),
    ],
)
def test_a_name_written_otherwise_is_found_from_either_side(one: str, other: str) -> None:
    for asked, listed in ((one, other), (other, one)):
        assert score(asked, entry(listed)) > 0
        assert score(Query(asked, "person"), entry(listed)) > 0


@pytest.mark.parametrize(
    ("russian", "listed"),
    [
        *((one, "KIM Jong Un") for one in ("Ким Чен Ын", "Ким Чен-ын", "Ким Ченын", "Ким Чжон Ын", "Ким Чонъын", "КИМ ЧЕН ЫН", "«Ким, Чен Ын»")),
        ("Ким Чен Ын", "Kim Jong-eun"),
        ("Ким Чен Ын", "Kim Chong-un"),
        ("Ким Ё Чжон", "KIM Yo Jong"),
        ("Ким Чен Ир", "Kim Jong Il"),
        ("Чхве Рён Хэ", "CHOE Ryong Hae"),
        ("Чхве Рён Хэ", "Choi Ryong-hae"),
        ("Чан Сон Тхэк", "JANG Song Thaek"),
        ("Чан Сон Тхэк", "Jang Sung-taek"),
        ("О Кук Рёль", "O Kuk Ryol"),
        ("Чо Мён Нок", "JO Myong Rok"),
        ("Хван Бён Со", "HWANG Pyong So"),
        ("Пак Кын Хе", "Park Geun-hye"),
        ("Ли Мён Бак", "Lee Myung-bak"),
        ("Ро Му Хён", "Roh Moo-hyun"),
    ],
)
def test_a_korean_name_in_russian_letters_is_a_hit_from_either_side(russian: str, listed: str) -> None:
    for kind in ("any", "person"):
        assert is_hit(russian, entry(listed), kind=kind)
        assert is_hit(listed, entry(russian), kind=kind)
    assert not is_hit(russian, entry("Ozymandias Plumbworth", "Kang Mun Chol"))


def test_no_reading_of_a_korean_name_is_left_out_as_too_many() -> None:
    found = readings("Ким Чен Ын", True)
    assert not found[0].name.cut
    assert [one.text for one in found if one.respelt] == list(respelt("Ким Чен Ын"))


def test_what_the_query_is_read_as_is_told_and_the_entry_keeps_its_own_name() -> None:
    assert [line.values for line in hit("Дэн Сяопин", entry("Deng Xiaoping")).explanation if line.code == "feature.read_as"] == [
        {"text": "deng xiaoping"}
    ]
    back = hit("Deng Xiaoping", entry("Дэн Сяопин"))
    assert back.name == "Дэн Сяопин"
    assert "feature.read_as" not in codes(back)


def test_the_name_itself_is_better_than_what_it_may_be_written_as() -> None:
    same, other = (max(one.score for one in found("Дэн Сяопин", entry(name)).hits) for name in ("Дэн Сяопин", "Deng Xiaoping"))
    assert same > other
    assert score("Роза Плюмбворт", entry("Роза Плюмбворт")) > 0.5


@given(
    st.one_of(st.text(), st.text("习近平이재용司馬", max_size=5), st.text("чжандэнсяопиьвйуъ ", max_size=45), st.text("кимченыпаёхьо -", max_size=14))
)
def test_there_are_a_few_other_writings_at_most_and_always_the_same(name: str) -> None:
    others = list(respelt(name))
    assert others == list(respelt(name))
    assert len(others) <= max(MOST + MOST_KOREAN, *map(len, PARTED.values()))
    assert len(set(others)) == len(others)
    assert name not in others
    assert all(one == " ".join(one.split()) != "" for one in others)
