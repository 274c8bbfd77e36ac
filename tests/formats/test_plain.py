"""YAML and JSON text to plain data: nothing guessed, every key with its line, and limits that hold while it is read."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.formats import plain
from enduse.formats.plain import MOST_DEEP, Plain, json_lines, once, read_json, read_yaml
from enduse.formats.problems import BadInput

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
PLAIN = st.recursive(st.none() | WORDS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4), max_leaves=20)


def found(text: str, *, is_json: bool = False) -> list[tuple[int | None, str]]:
    """The problems of a text: line and code of each, in the order of the file."""
    with pytest.raises(BadInput) as caught:
        read_json(text) if is_json else read_yaml(text)
    return [(problem.line, problem.code) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "word", ["3.10", "NO", "no", "yes", "on", "true", "True", "0412", "010", "0x1F", "1e3", "1_000", "12:30:45", "2026-11-02", ".5", "+7", "=", "<<"]
)
def test_a_word_is_taken_as_it_is_spelt(word: str) -> None:
    assert read_yaml(f"a: {word}\nb: [{word}]\n").data == {"a": word, "b": [word]}


def test_an_older_yaml_directive_guesses_nothing_either() -> None:
    assert read_yaml("%YAML 1.1\n---\na: yes\nb: 010\nc: NO\n").data == {"a": "yes", "b": "010", "c": "NO"}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_nothing_is_nothing(word: str) -> None:
    assert read_yaml(f"a: {word}\n").data == {"a": None}


@pytest.mark.parametrize("word", ['""', "''", '"null"', "'~'", "nil", "nULL"])
def test_quoted_nothing_is_text(word: str) -> None:
    assert read_yaml(f"a: {word}\n").data == {"a": word.strip("\"'")}


@pytest.mark.parametrize(
    ("spelt", "read"), [("3.10", "3.10"), ("-0", "-0"), ("1e400", "1e400"), ("true", "true"), ("false", "false"), ("null", None)]
)
def test_json_numbers_and_truth_values_are_taken_as_they_are_spelt(spelt: str, read: str | None) -> None:
    assert read_json(f'{{"a": {spelt}, "b": [{spelt}, [{spelt}]], "c": {{"d": {spelt}}}}}') == {"a": read, "b": [read, [read]], "c": {"d": read}}
    assert read_json(spelt) == read


def test_a_number_of_ten_thousand_digits_is_only_text() -> None:
    digits = "9" * 10_000
    assert read_json(f'{{"a": {digits}}}') == {"a": digits}
    assert read_yaml(f"a: {digits}\n").data == {"a": digits}


def test_every_key_and_item_has_its_line() -> None:
    text = "a: 1\nb:\n  - c: 2\n    d: 3\n  - {e: 4,\n     f: 5}\n? g\n: h\n"
    document = read_yaml(text)
    lines = {("a",): 1, ("b",): 2, ("b", 0): 3, ("b", 0, "c"): 3, ("b", 0, "d"): 4, ("b", 1): 5, ("b", 1, "e"): 5, ("b", 1, "f"): 6, ("g",): 7}
    assert {path: document.lines[path] for path in lines} == lines


def test_lines_are_counted_with_dos_ends_too() -> None:
    assert read_yaml("a: 1\r\nb: 2\r\nc: 3\r\n").lines[("c",)] == 3


def test_a_place_without_a_line_has_that_of_what_is_around_it() -> None:
    document = read_yaml("a:\n  b: 1\n")
    assert (document.line(("a", "x", 0)), document.line(("z",))) == (1, 1)


def test_json_has_its_lines_whatever_it_is_indented_with() -> None:
    for indent in (0, 1, 4, "\t"):
        text = json.dumps({"a": [1, {"b": [], "c": {"d": "}{,"}}], 'e"': {}, "f": [[2], 3]}, indent=indent)
        assert json_lines(text) == read_yaml(json.dumps(json.loads(text), indent=1)).lines


@given(PLAIN)
def test_json_and_its_lines_agree_with_yaml(data: Plain) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=1).replace("\u0085", "").replace("\u2028", "").replace("\u2029", "")
    document = read_yaml(text)
    assert read_json(text) == document.data
    assert json_lines(text) == document.lines


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("a: 1\nb: 2\na: 3\n", [(3, "key.repeated")]),
        ("a: 1\n'a': 2\n\"\\x61\": 3\n", [(2, "key.repeated"), (3, "key.repeated")]),
        ("a:\n  b: 1\n  c: {d: 1,\n    d: 2}\n  b: 2\n", [(4, "key.repeated"), (5, "key.repeated")]),
        ("- {x: 1}\n- {x: 1, x: 1}\n", [(2, "key.repeated")]),
    ],
)
def test_it_refuses_a_repeated_key(text: str, problems: list[tuple[int, str]]) -> None:
    assert found(text) == problems


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('{"a": 1, "a": 2}', [(1, "key.repeated")]),
        ('{\n\t"a": {\n\t\t"b": 1,\n\t\t"b": 2\n\t},\n\t"c": [{"d": 1,\n\t"\\u0064": 1}]\n}', [(4, "key.repeated"), (7, "key.repeated")]),
        ('{"a": {"x": 1},\n"a": {"x": 2}}', [(2, "key.repeated")]),
    ],
)
def test_it_refuses_a_repeated_key_in_json_at_its_line(text: str, problems: list[tuple[int, str]]) -> None:
    assert found(text, is_json=True) == problems


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1\n", 1),
        ("a: 1\n b: 2\n", 2),
        ("a: 1\n\nb: 'x\n", 3),
        ("a: b: c\n", 1),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\n@b: 2\n", 2),
        ('a: 1\nb: "\\U00110000"\n', 2),
        ('a: 1\nb: "\\q"\n', 2),
        ("a: 1\n}\n", 2),
        ("%YAML 9.0\n---\na: 1\n", 1),
    ],
)
def test_it_refuses_broken_yaml_at_its_line(text: str, line: int) -> None:
    assert found(text) == [(line, "yaml.broken")]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{", 1),
        ('{"a": 1,\n', 1),
        ('{"a": 1,\n "b": }\n', 2),
        ("{'a': 1}", 1),
        ('{"a": 1}\n{"b": 2}', 2),
        ('{"a": 1,\n "b": NaN}', 2),
        ('{"a": "NaN",\n "b": [1,\n -Infinity]}', 3),
        ('{"a": 01}', 1),
        ('{"a": "tab\there"}', 1),
        ("", 1),
        ("nul", 1),
    ],
)
def test_it_refuses_broken_json_at_its_line(text: str, line: int) -> None:
    assert found(text, is_json=True) == [(line, "json.broken")]


@pytest.mark.parametrize("text", ["--- 1\n--- 2\n", "a: 1\n---\nb: 2\n", "a: 1\n...\n---\nb: 2\n"])
def test_it_refuses_several_documents(text: str) -> None:
    assert [code for _, code in found(text)] == ["yaml.documents"]


@pytest.mark.parametrize("tag", ["!!python/object:os.system", "!!python/object/apply:os.system", "!!int", "!!binary", "!!set", "!own", "!!timestamp"])
def test_it_refuses_tags(tag: str) -> None:
    assert found(f"a: 1\nb: {tag} x\n") == [(2, "yaml.tag")]


def test_the_tag_of_text_is_no_guess_and_passes() -> None:
    assert read_yaml("a: !!str 1\nb: ! null\n").data == {"a": "1", "b": "null"}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert read_yaml("a: &x {b: 1}\nc: {<<: *x}\n").data == {"a": {"b": "1"}, "c": {"<<": {"b": "1"}}}


def test_an_alias_stands_for_what_it_names() -> None:
    assert read_yaml("a: &x [1, {b: 2}]\nc: *x\n").data == {"a": ["1", {"b": "2"}], "c": ["1", {"b": "2"}]}


@pytest.mark.parametrize(("text", "line"), [("a: 1\nb: *x\n", 2), ("a: &x\n  b: *x\n", 2), ("&x [1,\n *x]\n", 2)])
def test_it_refuses_an_alias_of_nothing_and_of_itself(text: str, line: int) -> None:
    assert found(text) == [(line, "yaml.alias")]


def test_it_refuses_an_alias_bomb_at_once() -> None:
    bomb = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20))
    began = time.monotonic()
    assert found(bomb) == [(5, "text.many")]
    assert time.monotonic() - began < 5


def test_it_refuses_more_values_than_any_deal_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MOST_VALUES", 500)
    assert found("- a\n" * 501) == [(500, "text.many")]
    assert found("- &a [1, 2, 3, 4, 5, 6, 7, 8]\n" + "- *a\n" * 60) == [(51, "text.many")]


@pytest.mark.parametrize("open_one", ["[", "{a: ", "- ", "? ", '{"a": ', "[\n"])
def test_it_refuses_100_000_levels_of_yaml_at_once(open_one: str) -> None:
    began = time.monotonic()
    assert [code for _, code in found(open_one * 100_000)] == ["text.deep"]
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("levels", [MOST_DEEP + 2, 600, 990, 100_000])
def test_it_refuses_deep_json(levels: int) -> None:
    assert found("[" * levels + "]" * levels, is_json=True) == [(1, "text.deep")]
    assert found('{"a":' * levels + '"\\u0000"' + "}" * levels, is_json=True) == [(1, "text.deep")]


def test_what_is_not_deep_passes_in_both() -> None:
    text = "[" * MOST_DEEP + "]" * MOST_DEEP
    assert read_json(text) == read_yaml(text).data


@pytest.mark.parametrize("character", ["\\0", "\\e", "\\b", "\\x7f", "\\u0001", "\\ud800", "\\udfff", "\\U0000D912"])
def test_it_refuses_control_characters_and_lone_surrogates_by_escape(character: str) -> None:
    assert found(f'a: 1\nb: "x{character}y"\n') == [(2, "text.control")]


@pytest.mark.parametrize("character", ["\x80", "\x1b", "\x0c", "\ufffe", "\uffff", "\ud800"])
def test_it_refuses_characters_that_no_yaml_has_at_their_line(character: str) -> None:
    assert found(f"a: 1\nb: 2\nc: x{character}y\n") == [(3, "text.control")]


@pytest.mark.parametrize("character", ["\\u0000", "\\u001b", "\\ud800", "\\uDC00", "\\ude00\\ud83d", "\\u007f"])
def test_it_refuses_control_characters_and_lone_surrogates_in_json_at_their_line(character: str) -> None:
    assert found(f'{{"a": true,\n"b": ["x{character}y"]}}', is_json=True) == [(2, "text.control")]
    assert found(f'{{"a": true,\n"x{character}y": 1}}', is_json=True) == [(2, "text.control")]


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert read_json('["\\ud83d\\ude00"]') == ["😀"]


@pytest.mark.parametrize("text", ["[a]: 1\n", "? {a: 1}\n: 2\n", "? - a\n: 2\n"])
def test_it_refuses_a_key_that_is_no_word(text: str) -> None:
    assert [code for _, code in found(text)] == ["key.scalar"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = 'a: !x 1\na: 2\nb: *no\n[c]: 3\nd: "\\0"\n'
    assert found(text) == [(1, "yaml.tag"), (2, "key.repeated"), (3, "yaml.alias"), (4, "key.scalar"), (5, "text.control")]


def test_only_comments_are_nothing() -> None:
    assert read_yaml("# nothing\n\n# at all\n").data is None


def test_a_key_stands_once_in_an_object() -> None:
    assert json.loads('{"a": 1, "b": {"a": 2}}', object_pairs_hook=once) == {"a": 1, "b": {"a": 2}}
    with pytest.raises(KeyError, match="a"):
        json.loads('{"b": {"a": 1, "a": 1}}', object_pairs_hook=once)
