"""Lists in XML from untrusted bytes: entries one by one, and everything that is no such list called by its name."""

from __future__ import annotations

import gzip
from datetime import date
from xml.etree.ElementTree import Element, fromstring

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.registry import SOURCES
from enduse.sources.source import File
from enduse.sources.xml import DEEPEST, Form, Tree, leftovers, misfits, only, text, texts, unread

FORM = Form("sample", "LIST", ("PEOPLE/ONE", "FIRMS/ONE"), frozenset({"NAME", "NAME@lang", "PLACE", "PLACE/CITY"}))
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
GOOD = (
    f'{HEAD}<LIST xmlns="urn:x" day="2026-01-01"><PEOPLE>\n<ONE><NAME>A</NAME></ONE>\n<ONE><NAME>B</NAME></ONE></PEOPLE>'
    "<FIRMS><ONE><NAME>C</NAME></ONE></FIRMS></LIST>"
)

# a list of one entry each, as their publishers give them out
UN = (
    '<CONSOLIDATED_LIST dateGenerated="2026-03-01T00:00:09Z"><ENTITIES><ENTITY><REFERENCE_NUMBER>QDe.901</REFERENCE_NUMBER>'
    "<FIRST_NAME>A</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
)
EU = (
    '<export generationDate="2026-03-01T16:47:04+01:00"><sanctionEntity euReferenceNumber="EU.1"><subjectType code="person"/>'
    '<nameAlias wholeName="A"/></sanctionEntity></export>'
)
UK = (
    "<Designations><DateGenerated>01/03/2026</DateGenerated><Designation><UniqueID>A1</UniqueID><IndividualEntityShip>Entity</IndividualEntityShip>"
    "<Names><Name><Name6>A</Name6><NameType>Primary Name</NameType></Name></Names></Designation></Designations>"
)
US = (
    "<sdnList><publshInformation><Publish_Date>03/01/2026</Publish_Date></publshInformation>"
    "<sdnEntry><uid>1</uid><lastName>A</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>"
)
RU = (
    "<Перечень><ДатаПеречня>2026-03-01</ДатаПеречня><АктуальныйПеречень><Субъект><ИдСубъекта>1</ИдСубъекта>"
    "<Орг><Наименование>ОБРАЗЕЦ</Наименование></Орг></Субъект></АктуальныйПеречень></Перечень>"
)


def tree(data: str | bytes, form: Form = FORM) -> Tree:
    return Tree(File("list.xml", data if isinstance(data, bytes) else data.encode()), form)


def refused(data: str | bytes) -> tuple[str, str]:
    with pytest.raises(BadInput) as caught:
        list(tree(data))
    (problem,) = caught.value.problems
    assert problem.file == "list.xml"
    assert problem.text("ru") != problem.text("en")
    return problem.code, problem.text("en")


def test_entries_come_with_their_paths_and_without_namespaces() -> None:
    read = tree(GOOD)
    assert [(at, text(element, "NAME")) for at, element in read] == [("PEOPLE/ONE", "A"), ("PEOPLE/ONE", "B"), ("FIRMS/ONE", "C")]
    assert read.root.get("day") == "2026-01-01"
    assert not read.damaged
    assert [child.tag for child in read.root] == ["PEOPLE", "FIRMS"]
    assert not list(read.root[0])  # what was read is not kept


def test_a_byte_order_mark_and_utf_16_are_xml() -> None:
    assert len(list(tree(b"\xef\xbb\xbf" + GOOD.encode()))) == 3
    assert len(list(tree(GOOD.replace("UTF-8", "UTF-16").encode("utf-16")))) == 3


@pytest.mark.parametrize("data", ["", "  \n", b"\xef\xbb\xbf"])
def test_an_empty_file(data: str | bytes) -> None:
    assert refused(data)[0] == "list.empty"


@pytest.mark.parametrize("cut", [40, 60, 90, len(GOOD) - 1, len(GOOD) - 40])
def test_a_truncated_file_says_at_which_line_it_breaks_off(cut: int) -> None:
    code, said = refused(GOOD[:cut])
    assert code == "list.truncated"
    assert "breaks off at line" in said


def test_a_file_cut_within_a_letter_is_truncated_too() -> None:
    assert refused(GOOD.replace("C", "Ж").encode().partition("Ж".encode())[0] + b"\xd0")[0] == "list.truncated"


@pytest.mark.parametrize("page", ["<!DOCTYPE html><html><body>Not found</body></html>", f"{HEAD}<html><body/></html>"])
def test_an_error_page_is_called_one(page: str) -> None:
    code, said = refused(page)
    assert code == "list.sort"
    assert "an HTML page" in said


def test_other_files_are_called_by_their_sort() -> None:
    assert "JSON" in refused('{"a": 1}')[1]
    assert "CSV" in refused("id,name\n1,A\n")[1]
    code, said = refused(gzip.compress(GOOD.encode()))
    assert code == "list.packed"
    assert "Unpack" in said


def test_another_list_is_called_by_its_word() -> None:
    assert refused(f'{HEAD}<CONSOLIDATED_LIST dateGenerated=""/>') == (
        "list.root.other",
        "this is another list, `un-sc` by the look of it: the root element is `CONSOLIDATED_LIST`, and that of the list `sample` is `LIST`."
        " Name another file, or the other list",
    )
    assert refused("<rss/>")[0] == "list.root"


@pytest.mark.parametrize(
    ("word", "good", "day", "bad"),
    [
        ("un-sc", UN, 'dateGenerated="2026-03-01T00:00:09Z"', 'dateGenerated="1 of March"'),
        ("eu-fsf", EU, 'generationDate="2026-03-01T16:47:04+01:00"', 'generationDate="1 of March"'),
        ("uk-sl", UK, "<DateGenerated>01/03/2026</DateGenerated>", "<DateGenerated>1 of March</DateGenerated>"),
        ("ofac-sdn", US, "<Publish_Date>03/01/2026</Publish_Date>", "<Publish_Date>1 of March</Publish_Date>"),
        ("ru-rosfin", RU, "<ДатаПеречня>2026-03-01</ДатаПеречня>", "<ДатаПеречня>1 of March</ДатаПеречня>"),
    ],
    ids=["un", "eu", "uk", "us", "ru"],
)
def test_a_publishers_day_that_cannot_be_read_is_told(word: str, good: str, day: str, bad: str) -> None:
    found = SOURCES[word].read([File("list.xml", good.encode())])
    assert (found.published, [part.code for part in found.skipped]) == (date(2026, 3, 1), [])
    unread = SOURCES[word].read([File("list.xml", good.replace(day, bad).encode())])
    assert (unread.published, [part.code for part in unread.skipped]) == (None, ["skipped.date"])
    undated = SOURCES[word].read([File("list.xml", good.replace(day, bad.replace("1 of March", "")).encode())])
    assert (undated.published, undated.skipped) == (None, ())


def test_a_list_without_entries() -> None:
    code, said = refused("<LIST><PEOPLE/><FIRMS/></LIST>")
    assert code == "list.no_entries"
    assert "<ONE>" in said


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE LIST [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE LIST [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE LIST SYSTEM "http://example.org/list.dtd">',
        "<!DOCTYPE LIST>",
    ],
)
def test_entity_bombs_and_document_types_are_refused(declared: str) -> None:
    assert refused(f"{HEAD}{declared}<LIST><PEOPLE><ONE><NAME>&b;</NAME></ONE></PEOPLE></LIST>")[0] == "list.doctype"


def test_broken_xml_says_where() -> None:
    code, said = refused("<LIST><PEOPLE>\n<ONE></PEOPLE></LIST>")
    assert code == "list.broken"
    assert "line 2" in said
    assert refused("<LIST>&nope;</LIST>")[0] == "list.broken"
    assert refused('<?xml version="1.0" encoding="martian"?><LIST/>')[0] == "list.broken"
    assert refused('<?xml version="1.0" encoding="utf-7"?><LIST/>')[0] == "list.broken"


def test_nesting_has_an_end() -> None:
    assert refused("<LIST>" + "<a>" * DEEPEST + "</a>" * DEEPEST + "</LIST>")[0] == "list.deep"


def test_one_file_is_wanted() -> None:
    file = File("a", b"")
    assert only([file], "sample") is file
    for files in ([], [file, file]):
        with pytest.raises(BadInput, match="is one file"):
            only(files, "sample")


def entry(inner: str) -> Element:
    return fromstring(f"<ONE>{inner}</ONE>")


def test_texts_are_tidied_and_fillers_are_none() -> None:
    one = entry("<NAME> A\n  B </NAME><NAME>A B</NAME><NAME>n/a</NAME><NAME/>")
    assert text(one, "NAME") == "A B"
    assert texts(one, "NAME") == ["A B"]
    assert text(one, "PLACE") == ""


def test_nothing_is_passed_over_in_silence() -> None:
    one = entry('<NAME lang="en" note="new">A</NAME><EXTRA><DEEP>kept</DEEP></EXTRA><EMPTY/><PLACE><CITY>X</CITY><ZIP>1</ZIP></PLACE>')
    assert list(unread(one, FORM.known)) == [("NAME@note", "new"), ("EXTRA", "kept"), ("PLACE/ZIP", "1")]
    assert [(part.place, part.code, part.whole) for part in misfits(one, FORM, "p1")] == [("p1", "skipped.field", False)] * 3


def test_what_stands_beside_the_entries_is_said() -> None:
    read = tree(GOOD.replace("<FIRMS>", "<NOTE>read me</NOTE><FIRMS><TWO>lost</TWO>"))
    assert len(list(read)) == 3
    assert [dict(part.values) for part in leftovers(read, {"@day"})] == [{"field": "NOTE", "text": "read me"}, {"field": "FIRMS/TWO", "text": "lost"}]


def test_a_damaged_file_is_read_and_each_loss_is_said() -> None:
    read = tree(GOOD.encode().replace(b">A<", b">J\xe9r\x19me \xd8< <"))
    (_, first), *rest = list(read)
    assert read.damaged
    assert len(rest) == 2
    assert [dict(part.values) for part in misfits(first, FORM, "p")] == [{"field": "NAME", "text": "Jér\ufffdme \ufffd\ufffd"}]
    assert text(first, "NAME") == ""  # too much of it went
