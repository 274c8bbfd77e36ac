"""Rosfinmonitoring's list, on samples of our own: the XML of the personal account, its other lists, the former catalogue, page and text."""

from __future__ import annotations

from datetime import date

import pytest

from enduse.domain.screening.entity import Address, Country, Identifier, Name, Period
from enduse.formats.problems import BadInput
from enduse.sources.ru_rosfin import SOURCE
from enduse.sources.source import File, Read

RUSSIA = Country("Россия", "RU")
SUBJECTS = """
    <Субъект>
      <ИдСубъекта>101</ИдСубъекта>
      <ТипСубъекта><Идентификатор>4</Идентификатор><Наименование>Физическое лицо (национальная часть)</Наименование></ТипСубъекта>
      <История><ДатаВключения>2024-02-01</ДатаВключения></История>
      <ФЛ>
        <ФИО>ПРИМЕРОВ ТИМУР АСЛАНОВИЧ</ФИО><ФИОЛат>PRIMEROV TIMUR</ФИОЛат>
        <Фамилия>ПРИМЕРОВ</Фамилия><Имя>ТИМУР</Имя><Отчество>АСЛАНОВИЧ</Отчество>
        <ДатаРождения>1961-03-05</ДатаРождения><ГодРождения>1961</ГодРождения><МестоРождения>Г. ПРИМЕРСК</МестоРождения>
        <ИНН>770000000016</ИНН><СНИЛС>000-000-000 01</СНИЛС>
        <СписокГражданств><Гражданство>РОССИЙСКАЯ ФЕДЕРАЦИЯ</Гражданство></СписокГражданств>
        <СписокДокументов><Документ>
          <ТипДокумента><Идентификатор>21</Идентификатор><Наименование>ПАСПОРТ ГРАЖДАНИНА РОССИЙСКОЙ ФЕДЕРАЦИИ</Наименование></ТипДокумента>
          <Серия>0000</Серия><Номер>000001</Номер><ОрганВыдачи>ОВД ПРИМЕРСКА</ОрганВыдачи><ДатаВыдачи>2006-04-01</ДатаВыдачи>
        </Документ></СписокДокументов>
        <СписокДрНаименований><ДрНаименование><ФИО>ОБРАЗЦОВ ТИМУР</ФИО><ГодРождения>1962</ГодРождения></ДрНаименование></СписокДрНаименований>
      </ФЛ>
      <СписокАдресов><Адрес>
        <ТипАдреса><Наименование>Адрес регистрации</Наименование></ТипАдреса>
        <Страна><Код>643</Код><Наименование>РОССИЯ</Наименование></Страна><ТекстАдреса>Г. ПРИМЕРСК, УЛ. ПЕРВАЯ, 1</ТекстАдреса>
      </Адрес></СписокАдресов>
      <Террорист>1</Террорист>
      <Примечание>Выдумано для проверки.</Примечание>
    </Субъект>
    <Субъект>
      <ИдСубъекта>102</ИдСубъекта>
      <ТипСубъекта><Идентификатор>3</Идентификатор></ТипСубъекта>
      <Орг><Наименование>ДВИЖЕНИЕ «ОБРАЗЕЦ»</Наименование><ИНН>7700000016</ИНН><ОГРН>1027700000016</ОГРН>
        <СписокДрНаименований><ДрНаименование><Наименование>ОБРАЗЕЦ</Наименование></ДрНаименование></СписокДрНаименований></Орг>
      <Террорист>0</Террорист>
    </Субъект>"""
XML = f"""<?xml version="1.0" encoding="utf-8"?>
<Перечень><ВерсияФормата>2.0</ВерсияФормата><ДатаПеречня>2026-10-01</ДатаПеречня><ДатаПредыдущегоПеречня>2026-09-30</ДатаПредыдущегоПеречня>
  <АктуальныйПеречень>{SUBJECTS}
  </АктуальныйПеречень>
  <ПоследниеИсключенные><Субъект><ИдСубъекта>900</ИдСубъекта><ФЛ><ФИО>БЫВШИЙ ИВАН</ФИО></ФЛ></Субъект></ПоследниеИсключенные>
</Перечень>"""
WEAPONS = XML.replace("Перечень>", "СписокОМУ>").replace("АктуальныйСписокОМУ", "АктуальныйСписок").replace("ДатаПеречня", "ДатаСписка")
DECISIONS = f"""<?xml version="1.0" encoding="utf-8"?>
<СписокРешений><ВерсияФормата>1.0</ВерсияФормата><ДатаСписка>2026-10-01</ДатаСписка>
  <СписокАктуальныхРешений><Решение><НомерРешения>7-Р</НомерРешения><ДатаРешения>2026-09-15</ДатаРешения>
    <СписокСубъектов>{SUBJECTS}</СписокСубъектов></Решение></СписокАктуальныхРешений>
</СписокРешений>"""
CATALOG = """<?xml version="1.0" encoding="windows-1251"?>
<TERRORISTS_CATALOG NUM="362" DATE="26.12.2019" ID="1">
  <TERRORISTS><TERRORISTS_NAME><![CDATA[ПРИМЕРОВ ТИМУР АСЛАНОВИЧ* (ОБРАЗЦОВ ТИМУР; ПРИМЕРОВ Т.)]]></TERRORISTS_NAME><ID_NEW>5</ID_NEW>
    <PERSON_TYPE>4</PERSON_TYPE><IS_TERRORIST>1</IS_TERRORIST><INN>770000000016</INN><BIRTH_DATE>00.00.1961</BIRTH_DATE>
    <ADDRESS>Г. ПРИМЕРСК; Г. ДРУГОЙ</ADDRESS><BIRTH_PLACE>С. ПЕРВОЕ</BIRTH_PLACE><PASSPORT>ПАСПОРТ 0000 000001, 00 00 000002</PASSPORT></TERRORISTS>
  <TERRORISTS><TERRORISTS_NAME>&lt;![CDATA[ОБРАЗЕЦ]]&gt;</TERRORISTS_NAME><ID_NEW>6</ID_NEW><PERSON_TYPE>3</PERSON_TYPE></TERRORISTS>
</TERRORISTS_CATALOG>"""
LINES = """Перечень по состоянию на 01.10.2026
Национальная часть
Организации
1. SAMPLE FOUNDATION , ;
2. ДВИЖЕНИЕ «ОБРАЗЕЦ, ПРИМЕР И ДРУГИЕ»* (ОБРАЗЕЦ; ПРИМЕР),  ИНН: 7700000016, ОГРН: 1027700000016;
3. ОБЪЕДИНЕНИЕ, ЧЛЕНАМИ КОТОРОГО ЯВЛЯЮТСЯ: ПРИМЕРОВ ИВАН ИВАНОВИЧ, РОДИВШИЙСЯ 06.07.1964, ПРИМЕРОВ ПЁТР, РОДИВШИЙСЯ 29.04.1968 , ;
Физические лица
1. ПРИМЕРОВ ТИМУР АСЛАНОВИЧ*,  (ПРИМЕРОВ ТИМУР; ОБРАЗЦОВ ТИМУР), 05.03.1961 г.р. , Г. ПРИМЕРСК,
ПРИМЕРСКИЙ РАЙОН;
2. ПРИМЕРОВ ПЁТР ПЕТРОВИЧ, , ;
3. ПРИМЕРОВА АННА (ОБРАЗЦОВА АННА), 1970 г.р.;
Международная часть
Физические лица
1. SAMPLE ALI*, 01.02.1980 г. р., ;
"""


def page(text: str = LINES) -> str:
    """The text as the site lays it out."""
    parts, section = [], ""
    part = ""
    for line in text.replace("ПРИМЕРСК,\n", "ПРИМЕРСК, ").splitlines():
        if line[:1].isdigit():
            parts.append(f"<li>{line}</li>")
            continue
        if section:
            parts.append("</ol></div>")
            section = ""
        part = {"Национальная часть": "russian", "Международная часть": "foreign"}.get(line, part)
        sort = {"Организации": "UL", "Физические лица": "FL"}.get(line)
        if sort:
            section = part + sort
            parts.append(f'<h4><a href="#{section}">{line}</a></h4><div id="{section}" class="x"><ol class="terrorist-list">')
        else:
            parts.append(f"<p>{line}</p>")
    return f"<!DOCTYPE html><html><head><title>Перечень</title><script>1. Не запись;</script></head><body>{''.join(parts)}</ol></div></body></html>"


def read(text: str | bytes, name: str = "list") -> Read:
    found = SOURCE.read([File(name, text if isinstance(text, bytes) else text.encode())])
    assert len(found.entities) + sum(part.whole for part in found.skipped) == found.counted
    assert len({one.id for one in found.entities}) == len(found.entities)
    return found


def codes(found: Read) -> list[str]:
    return sorted(part.code for part in found.skipped)


def test_the_xml_of_the_personal_account_is_read() -> None:
    found = read(XML)
    person, movement = found.entities
    assert (found.published, found.counted, found.skipped) == (date(2026, 10, 1), 2, ())
    assert (person.id, person.schema, person.programmes, person.since) == ("101", "Person", ("терроризм",), date(2024, 2, 1))
    assert person.names == (
        Name("ПРИМЕРОВ ТИМУР АСЛАНОВИЧ", "name", "ТИМУР АСЛАНОВИЧ", "ПРИМЕРОВ"),
        Name("PRIMEROV TIMUR", "original"),
        Name("ОБРАЗЦОВ ТИМУР", "alias"),
    )
    assert person.births == (Period(date(1961, 3, 5), date(1961, 3, 5)), Period(date(1962, 1, 1), date(1962, 12, 31)))
    assert person.nationalities == (Country("РОССИЙСКАЯ ФЕДЕРАЦИЯ", "RU"),)
    assert person.addresses == (Address("Г. ПРИМЕРСК, УЛ. ПЕРВАЯ, 1", Country("РОССИЯ", "RU")),)
    assert person.identifiers == (
        Identifier("tax", "770000000016", RUSSIA),
        Identifier("national_id", "000-000-000 01", RUSSIA),
        Identifier("passport", "0000 000001", RUSSIA),
    )
    for said in ("Место рождения: Г. ПРИМЕРСК", "Выдумано для проверки.", "ОВД ПРИМЕРСКА, 2006-04-01"):
        assert said in person.reason
    assert (movement.id, movement.schema, movement.programmes) == ("102", "Organization", ("экстремистская деятельность",))
    assert movement.names == (Name("ДВИЖЕНИЕ «ОБРАЗЕЦ»"), Name("ОБРАЗЕЦ", "alias"))
    assert movement.identifiers == (Identifier("tax", "7700000016", RUSSIA), Identifier("registration", "1027700000016", RUSSIA))


def test_its_other_lists_are_read_too() -> None:
    weapons, decisions = read(WEAPONS), read(DECISIONS)
    assert [one.programmes for one in weapons.entities] == [("распространение оружия массового уничтожения",)] * 2
    assert weapons.published == decisions.published == date(2026, 10, 1)
    assert decisions.counted == 2 and "НомерРешения: 7-Р" in decisions.entities[1].reason
    assert decisions.entities[0].programmes == ("решение Межведомственной комиссии о замораживании",)


def test_a_decision_about_nobody_that_can_be_read_is_told() -> None:
    strange = "<Решение><НомерРешения>9-Р</НомерРешения><Лица><Лицо>ПРИМЕРОВ</Лицо></Лица></Решение>"
    found = read(DECISIONS.replace("</СписокАктуальныхРешений>", f"{strange}</СписокАктуальныхРешений>"))
    assert (found.counted, len(found.entities)) == (3, 2)
    assert [(part.code, part.whole) for part in found.skipped] == [("skipped.nameless", True)]
    assert "Решение" in found.skipped[0].place


def test_the_former_catalogue_is_read_in_windows_1251() -> None:
    found = read(CATALOG.encode("cp1251"))
    person, body = found.entities
    assert (found.published, found.counted, found.skipped) == (date(2019, 12, 26), 2, ())
    assert [name.text for name in person.names] == ["ПРИМЕРОВ ТИМУР АСЛАНОВИЧ", "ОБРАЗЦОВ ТИМУР", "ПРИМЕРОВ Т."]
    assert (person.id, person.schema, person.programmes) == ("5", "Person", ("терроризм",))
    assert person.births == (Period(date(1961, 1, 1), date(1961, 12, 31)),)
    assert [one.value for one in person.identifiers] == ["770000000016", "0000 000001", "00 00 000002"]
    assert [one.text for one in person.addresses] == ["Г. ПРИМЕРСК", "Г. ДРУГОЙ"]
    assert (body.names, body.schema) == ((Name("ОБРАЗЕЦ"),), "Organization")


@pytest.mark.parametrize("text", [LINES, LINES.encode("cp1251"), "\ufeff" + LINES.replace("\n", "\r\n"), page()])
def test_the_public_list_is_read(text: str | bytes) -> None:
    found = read(text)
    assert (found.published, found.counted, found.skipped) == (date(2026, 10, 1), 7, ())
    fund, movement, union, person, nameless, anna, ali = found.entities
    assert fund.names == (Name("SAMPLE FOUNDATION"),)
    assert [name.text for name in movement.names] == ["ДВИЖЕНИЕ «ОБРАЗЕЦ, ПРИМЕР И ДРУГИЕ»", "ОБРАЗЕЦ", "ПРИМЕР"]
    assert (movement.schema, movement.programmes) == ("Organization", ("терроризм",))
    assert movement.identifiers == (Identifier("tax", "7700000016", RUSSIA), Identifier("registration", "1027700000016", RUSSIA))
    assert [name.text for name in union.names][1:] == ["ПРИМЕРОВ ИВАН ИВАНОВИЧ", "ПРИМЕРОВ ПЁТР"]
    assert person.names == (Name("ПРИМЕРОВ ТИМУР АСЛАНОВИЧ"), Name("ПРИМЕРОВ ТИМУР", "alias"), Name("ОБРАЗЦОВ ТИМУР", "alias"))
    assert (person.schema, person.births, person.programmes) == ("Person", (Period(date(1961, 3, 5), date(1961, 3, 5)),), ("терроризм",))
    assert person.reason == "Место рождения: Г. ПРИМЕРСК, ПРИМЕРСКИЙ РАЙОН"
    assert (nameless.births, nameless.reason, nameless.programmes) == ((), "", ("экстремистская деятельность",))
    assert (anna.names, anna.births) == ((Name("ПРИМЕРОВА АННА"), Name("ОБРАЗЦОВА АННА", "alias")), (Period(date(1970, 1, 1), date(1970, 12, 31)),))
    assert (ali.births, ali.programmes) == ((Period(date(1980, 2, 1), date(1980, 2, 1)),), ("терроризм", "международная часть"))


def test_ids_of_lines_do_not_hang_on_their_numbers() -> None:
    before, after = read(LINES), read(LINES.replace("1. SAMPLE FOUNDATION , ;\n", "").replace("2. ДВИЖЕНИЕ", "1. ДВИЖЕНИЕ"))
    assert {one.id for one in after.entities} == {one.id for one in before.entities[1:]}


def test_what_does_not_fit_is_told() -> None:
    text = LINES + "2. ПРИМЕРОВ СЕМЁН, 99.99.19 г.р. , ;\n5. SAMPLE ALI*, 01.02.1980 г. р., ;\n6. * , ;\nСтраница 1 из 1\n"
    found = read(text)
    assert codes(found) == ["skipped.gap", "skipped.nameless", "skipped.same", "skipped.stray"]
    assert "99.99.19" in found.entities[7].reason  # nothing that was told is lost
    strange = (
        XML.replace("<Террорист>1", "<Цвет>синий</Цвет><Террорист>1").replace("1961-03-05", "весной").replace("РОССИЙСКАЯ ФЕДЕРАЦИЯ", "АТЛАНТИДА")
    )
    found = read(strange.replace("<Наименование>ДВИЖЕНИЕ «ОБРАЗЕЦ»</Наименование>", "").replace("<Наименование>ОБРАЗЕЦ</Наименование>", ""))
    assert codes(found) == ["skipped.country", "skipped.date", "skipped.field", "skipped.nameless"]
    assert "весной" in found.entities[0].reason and found.entities[0].births[0] == Period(date(1961, 1, 1), date(1961, 12, 31))


def test_a_repeated_number_loses_nobody() -> None:
    found = read(XML.replace("<ИдСубъекта>102", "<ИдСубъекта>101"))
    assert [one.id.partition("~")[0] for one in found.entities] == ["101", "101"] and codes(found) == ["skipped.renumbered"]
    found = read(XML.replace("<ИдСубъекта>102</ИдСубъекта>", ""))
    assert len(found.entities[1].id) == 16 and codes(found) == ["skipped.no_id"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"", "list.empty"),
        (b"PK\x03\x04", "list.packed"),
        (b"\x03\x7a\x01\x05\x00\x00\x00\x00DBF", "list.sort"),
        ("<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>", "list.sort"),
        (page()[: page().index("ПРИМЕРОВА АННА")], "list.truncated"),
        (XML[: XML.index("<Орг>")], "list.truncated"),
        (XML.replace("Перечень>", "Список>"), "list.root"),
        ('<?xml version="1.0"?><CONSOLIDATED_LIST></CONSOLIDATED_LIST>', "list.root.other"),
        (XML[: XML.index("<АктуальныйПеречень>")] + "</Перечень>", "list.no_entries"),
        ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><Перечень>&b;</Перечень>', "list.doctype"),
        ("Просто письмо без записей.\n", "list.no_lines"),
        (b"1. \xff\x98\xfe\n", "list.encoding"),
    ],
)
def test_what_is_no_such_list_is_refused(text: str | bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(text)
    problem = caught.value.problems[0]
    assert problem.code == code and problem.text("ru") and problem.text("en")


def test_strange_names_do_no_harm() -> None:
    for name in ("Ж", "Ж" * 2000, "12345", "ООО", "😀", "(((", ")*(", "((А) Б) В", "\u202eАБ\u202c", "ИМЯ (БЕЗ КОНЦА"):
        assert read(LINES.replace("SAMPLE ALI", name)).counted == 7
        assert read(LINES.replace("SAMPLE FOUNDATION", name)).counted == 7
