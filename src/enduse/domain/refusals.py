"""What an action answers when it may not be done: a code with values, told in both languages; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from enduse.words import say
from enduse.words.casework import CASEWORK

# values that are themselves codes, one or a list of them, and the group of the vocabulary that tells them
CODED = {
    "outcome": "outcome",
    "checks": "check",
    "word": "check",
    "state": "state",
    "event": "turn",
    "how": "closing",
    "policy": "policy",
    "grade": "grade",
    "status": "permit_status",
    "verb": "verb",
    "role": "role",
    "roles": "role",
    "setting": "setting",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something may not be done: its code in `enduse.words` and the values of its words."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The refusal in words: what, why, what to do next."""
        return say(self.code, lang, **{name: _told(name, value, lang) for name, value in self.values.items()})


def _told(name: str, value: object, lang: str) -> object:
    """A value as people read it: codes in words, what is no code as it is."""
    group = CODED.get(name)
    if group is None or not isinstance(value, str):
        return value
    return ", ".join(_word(f"{group}.{code}", code, lang) for code in value.split(", "))


def _word(code: str, unknown: str, lang: str) -> str:
    ru, en = CASEWORK.get(code, (unknown, unknown))
    return ru if lang == "ru" else en


class Refused(Exception):
    """An action may not be done, for one reason or several. Nothing was written."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals = refusals
        super().__init__(", ".join(refusal.code for refusal in refusals))


class Stale(Refused):
    """What the actor saw is no longer what stands: somebody changed it in between. Nothing was overwritten."""


class NotAllowed(Refused):
    """The actor's roles do not allow it, or the thing is not theirs to see."""


def refuse(code: str, **values: object) -> Refused:
    """A refusal for one reason, ready to be raised."""
    return Refused(Refusal(code, values))
