"""Conditions as text: what they mean, and what is no condition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.domain.rules import All, Any, Atom, Guard, guard_text
from enduse.formats.guards import Vocabulary, parse_guard
from enduse.formats.problems import BadInput

LEVELS = {"a": ("no", "maybe", "yes"), "b": ("no", "yes"), "sign_1": ("absent", "unknown", "present"), "sign_2": ("absent", "unknown", "present")}
A, B = Atom("a", "yes"), Atom("b", "yes")
WORDS = Vocabulary(LEVELS, {"both": All((A, B))}, {"doubt": "maybe"}, {"sign_1": None, "sign_2": B})


@pytest.mark.parametrize(
    ("text", "guard"),
    [
        ("a >= yes", A),
        ("a>=yes", A),
        ("(a >= yes)", A),
        ("always", All()),
        ("both", All((A, B))),
        ("a >= doubt", Atom("a", "maybe")),
        ("a >= yes and b >= yes", All((A, B))),
        ("a >= yes or b >= yes", Any((A, B))),
        ("a >= yes or b >= yes and both", Any((A, All((B, All((A, B))))))),
        ("(a >= yes or b >= yes) and both", All((Any((A, B)), All((A, B))))),
        ("any_indicator >= present", Any((Atom("sign_1", "present"), All((B, Atom("sign_2", "present")))))),
        ("a >= yes\n  and\n  b >= yes", All((A, B))),
    ],
)
def test_a_condition_means(text: str, guard: Guard) -> None:
    assert parse_guard(text, WORDS) == guard


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("", "guard.end", None),
        ("a", "guard.end", None),
        ("a >=", "guard.end", None),
        ("a >= yes and", "guard.end", None),
        ("(a >= yes", "guard.end", None),
        ("c >= yes", "guard.fact", "c"),
        ("a >= no", "guard.mildest", "no"),
        ("a >= certain", "guard.level", "certain"),
        ("b >= doubt", "guard.level", "maybe"),
        ("any_indicator >= yes", "guard.level", "yes"),
        ("a = yes", "guard.word", "="),
        ("a == yes", "guard.word", "="),
        ("a > yes", "guard.word", ">"),
        ("a <= yes", "guard.word", "<"),
        ("not a >= yes", "guard.word", "not"),
        ("a >= yes b >= yes", "guard.word", "b"),
        ("a >= yes)", "guard.word", ")"),
        ("a >= yes, b >= yes", "guard.word", ","),
        ("and", "guard.word", "and"),
        ("always and a >= yes", "guard.fact", "always"),
        ("always always", "guard.fact", "always"),
        ("a >= yes && b >= yes", "guard.word", "&"),
        ("any_indicator", "guard.end", None),
        ("both >= yes", "guard.word", ">="),
    ],
)
def test_what_is_no_condition_is_refused(text: str, code: str, word: str | None) -> None:
    with pytest.raises(BadInput) as caught:
        parse_guard(text, WORDS)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert word is None or word in problem.values.values()
    assert problem.text("ru") and problem.text("en")


def test_a_fact_misspelt_is_told_the_one_that_was_meant() -> None:
    with pytest.raises(BadInput) as caught:
        parse_guard("sign_3 >= present", WORDS)
    assert "Perhaps `sign_" in caught.value.problems[0].text("en")


def test_deep_brackets_are_no_trouble() -> None:
    assert parse_guard("(" * 50 + "a >= yes" + ")" * 50, WORDS) == A


ATOMS = st.sampled_from([Atom(fact, level) for fact, levels in LEVELS.items() for level in levels[1:]])
GUARDS: st.SearchStrategy[Guard] = st.recursive(
    ATOMS, lambda inner: st.builds(lambda kind, parts: kind(tuple(parts)), st.sampled_from([All, Any]), st.lists(inner, min_size=2, max_size=3))
)


def _flat(guard: Guard) -> object:
    """A guard whose nested parts of the same kind are one: brackets that change nothing."""
    if isinstance(guard, Atom):
        return guard
    parts: list[object] = []
    for part in guard.parts:
        flat = _flat(part)
        parts += flat[1] if isinstance(flat, tuple) and flat[0] is type(guard) else [flat]
    return (type(guard), parts)


@given(GUARDS)
def test_a_guard_written_as_text_reads_back(guard: Guard) -> None:
    assert _flat(parse_guard(guard_text(guard), WORDS)) == _flat(guard)


@given(st.text(alphabet="ab ()>=andoryes_ "))
def test_any_text_is_a_condition_or_a_clear_refusal(text: str) -> None:
    try:
        parse_guard(text, WORDS)
    except BadInput as error:
        assert error.problems[0].code.startswith("guard.")
