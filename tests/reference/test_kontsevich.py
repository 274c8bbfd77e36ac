"""Korean in Russian letters: names become what lists may write, and names of others become nothing."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.reference.kontsevich import families, romanised, syllables


def read(name: str) -> tuple[str, ...]:
    return romanised(tuple(name.split()))


@pytest.mark.parametrize(
    ("name", "north", "south"),
    [
        ("ким чен ын", "kim jong un", "kim jung eun"),
        ("ким чжон ын", "kim jong un", "kim jung eun"),
        ("ким чен ир", "kim jong il", "kim jung il"),
        ("ким ир сен", "kim il song", "kim il sung"),
        ("ким ё чжон", "kim yo jong", "kim yeo jung"),
        ("ким е чжон", "kim yo jong", "kim yeo jung"),
        ("чхве рён хэ", "choe ryong hae", "choi ryong hae"),
        ("цой рен хэ", "choe ryong hae", "choi ryong hae"),
        ("пак кын хе", "pak kun hye", "park geun hye"),
        ("ли мён бак", "ri myong bak", "lee myung bak"),
        ("ри мен пак", "ri myong pak", "lee myung bak"),
        ("и мён бак", "ri myong bak", "lee myung bak"),
        ("ро му хён", "ro mu hyon", "roh moo hyun"),
        ("чан сон тхэк", "jang song thaek", "jang sung taek"),
        ("джан сон тхэк", "jang song thaek", "jang sung taek"),
        ("о кук рёль", "o kuk ryol", "oh guk ryeol"),
        ("чо мён нок", "jo myong rok", "cho myung rok"),
        ("хван бён со", "hwang byong so", "hwang byung seo"),
        ("ким ён чоль", "kim yong chol", "kim young chul"),
        ("ли соль чжу", "ri sol ju", "lee seol joo"),
        ("чон ый сон", "jong ui song", "jung eui sung"),
        ("шин сан ок", "sin sang ok", "shin sang ok"),
        ("но му хён", "no mu hyon", "noh moo hyun"),
        ("чхве хви", "choe hwi", "choi hwi"),
    ],
)
def test_a_name_is_what_the_north_writes_and_what_the_south_does(name: str, north: str, south: str) -> None:
    assert read(name)[:2] == (north, south)


def test_a_family_name_may_have_two_syllables_and_both_sides_may_write_alike() -> None:
    assert read("намгун мин") == ("namgung min",)
    assert read("хванбо ин") == ("hwangbo in",)


@pytest.mark.parametrize(
    ("name", "apart"),
    [
        ("ким ченын", "ким чен ын"),
        ("ким чонъын", "ким чон ын"),
        ("ли мёнбак", "ли мён бак"),
        ("пак кынхе", "пак кын хе"),
        ("хван бёнсо", "хван бён со"),
    ],
)
def test_a_given_name_may_be_one_word(name: str, apart: str) -> None:
    assert read(name)[0] == read(apart)[0]


def test_what_russian_does_not_tell_apart_is_told_both_ways() -> None:
    assert {"jang song thaek", "jang son thaek"} <= set(read("чан сон тхэк"))
    assert {"jong myong guk", "jon myong guk", "jong myong kuk"} <= set(read("чон мён гук"))


FAMILIES = "Ким Ли Пак Хан Сон Пан Ан Юн Шин Цой Чен Чон Кан Нам Хван Мин Но О И Ю На Ма Ван То Ро Ко Ку Хо Ра Ин Вон Мун"
OTHERS = (
    "Александр Алексей Анатолий Андрей Антон Артём Борис Вадим Валентин Валерий Василий Виктор Виталий Владимир Вячеслав Геннадий Георгий"
    " Герман Глеб Григорий Даниил Денис Дмитрий Евгений Егор Иван Игорь Илья Кирилл Константин Лев Леонид Максим Марк Михаил Никита Николай Олег"
    " Павел Пётр Роман Руслан Сергей Станислав Степан Тимофей Тимур Фёдор Юрий Ян Ярослав Семён Семен Тихон Мирон Анна Алина Анастасия Вера"
    " Виктория Галина Дарья Диана Евгения Екатерина Елена Елизавета Жанна Зоя Инна Ирина Карина Кира Кристина Ксения Лариса Лена Лидия Любовь"
    " Людмила Марина Мария Мира Надежда Наталья Нина Оксана Ольга Полина Раиса Римма Светлана София Тамара Татьяна Ульяна Юлия Яна Инга Эмма"
    " Сара Майя Дина Рита Юра Саша Соня Лина Рина Айгуль Алишер Азамат Амин Анвар Асель Асим Аскар Бахтиёр Болат Гульнара Дамир Данияр Джамшид"
    " Дильшод Ерлан Жасур Зарина Ильдар Камила Карим Марат Мурат Назар Нурлан Рамиль Рашид Рустам Саид Санжар Тахир Улугбек Фарход Хасан Хусейн"
    " Шавкат Шухрат Эмин Эльдар Ясин Юсуф Мадина Малика Самир Аян Осман Армен Арсен Рубен Сурен Карен Тигран Гоар Имран Рахим Хаким Салим Чингиз"
    " Сейран Канат Очир Баир Ролан Эрик Ева Ия Ада Осип Сима Вано Хачик Алла Нелли Бахром Акмаль Гульмира Нодир Хуршед Мехри Чинара Чулпан"
    " Сымбат Малик Тагир Феруза Зухра Умида Лола Шахноза Отабек Жанар Сауле Бекзат Ринат Айдар Ильнур Гузель Алсу Рената Наиля Венера Фарида"
    " Махмуд Рауф Дана Намик Сона"
)


def test_names_of_others_are_nothing_beside_whatever_family_name() -> None:
    assert len(OTHERS.split()) >= 200
    for family, other in product(FAMILIES.lower().split(), OTHERS.lower().split()):
        assert read(f"{family} {other}") == (), (family, other)
        if other not in families():
            assert read(f"{other} {family}") == (), (family, other)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "",
            "ким",
            "иван ли",
            "ли иван",
            "ким а",
            "ким а и",
            "ким чен ын ир",
            "ким роман сергеевич",
            "на горе",
            "о море",
            "хан соло",
            "и сын",
            "на сон",
        ),
        *("но пасаран", "ли куан ю", "дэн сяопин", "си цзиньпин", "kim jong un", "김정은", "ким ченынир", "ким ъын", "ким ъ"),
    ],
)
def test_what_is_no_korean_name_is_nothing(name: str) -> None:
    assert read(name) == ()


def test_the_tables_lead_to_plain_latin_letters() -> None:
    for table in (families(), syllables()):
        for russian, ways in table.items():
            assert russian and ways and [way.off for way in ways] == sorted(way.off for way in ways), russian
            assert all(text.isascii() and text.isalpha() and text.islower() for way in ways for text in way[:2]), russian


@given(st.sampled_from(sorted(families())), st.sampled_from(sorted(syllables())), st.sampled_from(sorted(syllables())))
def test_each_family_name_goes_with_any_two_syllables(family: str, one: str, other: str) -> None:
    found = read(f"{family} {one} {other}")
    if len(one) > 1 or len(other) > 1:
        assert f"{families()[family][0].north} {syllables()[one][0].north} {syllables()[other][0].north}" in found
    assert len(set(found)) == len(found)


@given(st.lists(st.text("кимчхвепаноёрлыьъжтсгд", max_size=7), max_size=5))
def test_every_name_can_be_asked_for(words: list[str]) -> None:
    assert all(name == " ".join(name.split()) for name in romanised(tuple(words)))
