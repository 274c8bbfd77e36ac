"""Conditions as text to guards and back: `export and (notice >= written or risk >= identified)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from enduse.domain.rules import All, Any, Atom, Guard
from enduse.formats.problems import BadInput, Problem, nearest

_TOKEN = re.compile(r"\s*(>=|\(|\)|[A-Za-z_][A-Za-z0-9_]*|\S)")
ANY_INDICATOR = "any_indicator"


@dataclass(frozen=True)
class Vocabulary:
    """What a condition may speak of: facts with their levels, definitions, named thresholds, and when each indicator applies."""

    levels: Mapping[str, Sequence[str]]
    definitions: Mapping[str, Guard]
    thresholds: Mapping[str, str]
    applicable: Mapping[str, Guard | None]  # the indicator's fact to its condition

    def words(self) -> list[str]:
        """Every word that may stand where a fact does."""
        return [*self.definitions, *self.levels, ANY_INDICATOR]


def parse_guard(text: str, vocabulary: Vocabulary) -> Guard:
    """The guard that a condition's text means. Raises BadInput with one problem, without a line: the caller knows that."""
    try:
        return _Parser(text, vocabulary).whole()
    except RecursionError as error:
        raise _bad("guard.word", word="(") from error


class _Parser:
    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.tokens = _TOKEN.findall(text)
        self.place = 0
        self.vocabulary = vocabulary

    def whole(self) -> Guard:
        if self.tokens == ["always"]:
            return All()
        guard = self._chain("or", lambda: self._chain("and", self._term, All), Any)
        if self.place < len(self.tokens):
            raise _bad("guard.word", word=self.tokens[self.place])
        return guard

    def _next(self, wanted: str) -> str:
        if self.place >= len(self.tokens):
            raise _bad("guard.end", wanted=wanted)
        self.place += 1
        return str(self.tokens[self.place - 1])

    def _chain(self, word: str, part: Callable[[], Guard], kind: type[All] | type[Any]) -> Guard:
        parts = [part()]
        while self.place < len(self.tokens) and self.tokens[self.place] == word:
            self.place += 1
            parts.append(part())
        return parts[0] if len(parts) == 1 else kind(tuple(parts))

    def _term(self) -> Guard:
        word = self._next("fact >= level")
        if word == "(":
            guard = self._chain("or", lambda: self._chain("and", self._term, All), Any)
            closing = self._next(")")
            if closing != ")":
                raise _bad("guard.word", word=closing)
            return guard
        if word in self.vocabulary.definitions:
            return self.vocabulary.definitions[word]
        if word != ANY_INDICATOR and word not in self.vocabulary.levels:
            if not word.isidentifier() or word in ("and", "or", "not"):
                raise _bad("guard.word", word=word)
            raise _bad("guard.fact", fact=word, near=nearest(word, self.vocabulary.words()))
        sign = self._next(">=")
        if sign != ">=":
            raise _bad("guard.word", word=sign)
        level = self._next("level")
        if word != ANY_INDICATOR:
            return self._atom(word, level)
        parts: list[Guard] = []
        for fact, applies in self.vocabulary.applicable.items():
            atom = self._atom(fact, level)
            parts.append(atom if applies is None else All((applies, atom)))
        return Any(tuple(parts))

    def _atom(self, fact: str, word: str) -> Atom:
        levels = self.vocabulary.levels[fact]
        level = word if word in levels else self.vocabulary.thresholds.get(word, word)
        if level not in levels:
            raise _bad("guard.level", fact=fact, level=level, known=tuple(levels[1:]))
        if level == levels[0]:
            raise _bad("guard.mildest", fact=fact, level=level)
        return Atom(fact, level)


def _bad(code: str, **values: object) -> BadInput:
    return BadInput(Problem(code, values=values))
