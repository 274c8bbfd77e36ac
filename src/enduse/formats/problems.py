"""What is wrong with an input: a code, the place, and the values that its words need."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from enduse.words import say

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: its code in `enduse.words`, where it stands, and the values of its words.

    A value that is a tuple is a list of words; `near` gives rise to the `{hint}` that the words may hold.
    """

    code: str
    path: Path = ()
    line: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""

    @property
    def where(self) -> str:
        """`file:line`, or what of it is known."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def text(self, lang: str) -> str:
        """The problem in words, with the key it stands at."""
        values = {name: ", ".join(map(str, value)) if isinstance(value, tuple) else value for name, value in self.values.items()}
        near = values.pop("near", "")
        values["hint"] = say("key.hint", lang, near=near) if near else ""
        if isinstance(got := values.get("got"), str) and got.startswith("got."):
            values["got"] = say(got, lang, **{name: value for name, value in values.items() if name == "value"})
        words = say(self.code, lang, **values).strip()
        return _sound(f"{path_text(self.path)}: {words}" if self.path else words)


class BadInput(Exception):
    """The question is bad: a file, a key, a value. Holds every problem found, in the order of the file."""

    def __init__(self, *problems: Problem, reference: str | None = None) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line or 0)))
        self.reference = reference
        super().__init__("; ".join(problem.text("en") for problem in self.problems))


def _sound(text: str) -> str:
    """Text that can be written: a half of a character becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def path_text(path: Path) -> str:
    """A path as people write it: `parties[1].country`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{short(step)}" if text else short(step)
    return f"`{text}`"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or nothing where none is like it."""
    known = list(known)
    folded = {name.casefold(): name for name in known}
    if word.casefold() in folded:
        return folded[word.casefold()]
    found = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return found[0] if found else ""


def short(value: object, limit: int = 80) -> str:
    """A value as it stands in an error: one line, not too long."""
    text = " ".join(_sound(str(value)).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
