"""Guards of the screening left out one at a time, for the time of a test: the text of a function without them, in its place."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from types import FunctionType, ModuleType

import pytest

from enduse.casework.deals import screened
from enduse.casework.deals.actions import screening
from enduse.casework.deals.checking import Checking
from enduse.casework.deals.screened import Screening


class LeftOut:
    """Where a guard stands, its text, what stands there without it, and what may then be wrong, in the words of the model."""

    def __init__(self, owner: type | ModuleType, name: str, text: str, without: str, *wrong: str, also: LeftOut | None = None) -> None:
        self.owner, self.name, self.text, self.without, self.wrong = owner, name, text, without, frozenset(wrong)
        self.also = also  # another place that asks the same


OPEN, LISTS, MORE, UNSEARCHED, OLD = UNDONE = (
    "a hit is open",
    "a list is missing or old",
    "more hits than are kept",
    "not searched",
    "searched too long ago",
)
POWERLESS, TWICE, NOT_THERE = (f"a word that does not count: {why}" for why in ("no power", "said already", "a hit that does not stand"))
DEMANDED = "bool(settings.CONFIG.lists.chosen) or bool(self.last)"
SOUND = 'not search.receipt["complete"] or search.receipt["more"]'
SAME = '(one.content, one.particulars) == (held["digest"], search.particulars)'
STOOD = "not any({other.particulars, search.particulars} <= stood.keys() for stood in self._stood)"
BY_NAME = 'self.search_of(party) or next((one for one in self.last.values() if one.receipt["query"]["name"] == party["name"]), None)'
AGE = '(row["result"] == "match" or since <= str(row.get("date") or "") <= until)'
SPOKEN = 'hit.settled.result in ("match", result)'
WHOLE = 'plain(receipt) | {"complete": True}'
UNASKED = LeftOut(screening, "record", 'by.demand("deal.screen")', "pass", "searched without the power")
GUARDS: dict[str, LeftOut] = {
    # where a party stands
    "a list that is missing or old counts": LeftOut(Screening, "state", SOUND, 'search.receipt["more"]', LISTS),
    "more hits than are kept count": LeftOut(Screening, "state", SOUND, 'not search.receipt["complete"]', MORE),
    "an open hit counts": LeftOut(Screening, "state", "None in settled", "False", OPEN),
    "one settled hit settles all": LeftOut(Screening, "state", "None in settled", "settled and not any(settled)", OPEN),
    "a search never grows old": LeftOut(Screening, "state", "search.at < (self.at or clock.now()) - self.counted", "False", OLD),
    "who was not searched for counts": LeftOut(Screening, "state", 'return "not_searched"', 'return "nothing"', UNSEARCHED),
    "a search of other particulars counts": LeftOut(Screening, "state", "self.search_of(party)", BY_NAME, UNSEARCHED),
    "searches are demanded by the settings alone": LeftOut(Screening, "demanded", DEMANDED, "bool(settings.CONFIG.lists.chosen)", *UNDONE),
    "searches are demanded once there is one": LeftOut(Screening, "demanded", DEMANDED, "bool(self.last)", UNSEARCHED),
    "the door does not ask": LeftOut(
        Checking, "unscreened", "tuple(dict.fromkeys(screening.waiting(content))) if screening.demanded else ()", "()", *UNDONE
    ),
    "a result by hand never grows old": LeftOut(screened, "_settled", AGE, "True", "not screened by hand"),
    # what is said of hits
    "a word on the entry as it read before counts": LeftOut(Screening, "hits", SAME, "one.particulars == search.particulars", OPEN),
    "a word on the party as it was before counts": LeftOut(Screening, "hits", SAME, 'one.content == held["digest"]', OPEN),
    "what is said of hits is not signed": LeftOut(Screening, "said", "return sorted(found)", "return []", "not what was signed"),
    "anybody says it": LeftOut(screening, "settle_hit", 'by.demand("deal.screen")', "pass", POWERLESS),
    "it is said twice": LeftOut(screening, "settle_hit", SPOKEN, "False", TWICE),
    "a match is taken back": LeftOut(screening, "settle_hit", SPOKEN, "hit.settled.result == result", TWICE),
    "it is said of an older search": LeftOut(screening, "_hit_of", "last.pk != found", "last.pk < found", NOT_THERE),
    "a match is no evidence": LeftOut(screening, "settle_hit", 'if result == "match":', "if False:", "a match is not on record"),
    # former parties
    "former parties leave nothing": LeftOut(Screening, "former", "if left:", "if False:", OPEN),
    "who stood beside a party is the same": LeftOut(Screening, "_tells", STOOD, "True", OPEN),
    # searches
    "a deal may change while it is searched": LeftOut(
        screening, "record", "prepared.deal, by, prepared.version", "prepared.deal, by, None", "recorded of a deal that had changed"
    ),
    "anybody searches": LeftOut(screening, "prepare", UNASKED.text, UNASKED.without, *UNASKED.wrong, also=UNASKED),
    "a receipt says that it is whole": LeftOut(
        screening, "_searched", "plain(receipt)", 'plain(receipt) | {"complete": True}', "a receipt that is not so"
    ),
}


@contextmanager
def without(guard: LeftOut) -> Iterator[None]:
    """Within, this guard is left out."""
    with pytest.MonkeyPatch.context() as patched:
        place: LeftOut | None = guard
        while place is not None:
            there = inspect.getattr_static(place.owner, place.name)
            made = _without(getattr(there, "fget", there), place)
            patched.setattr(place.owner, place.name, property(made) if isinstance(there, property) else made)
            place = place.also
        yield


def _without(function: FunctionType, guard: LeftOut) -> FunctionType:
    text = textwrap.dedent(inspect.getsource(function)).replace("@property\n", "")
    assert text.count(guard.text) == 1, f"{guard.text!r} stands {text.count(guard.text)} times in {guard.name}"
    code = compile(text.replace(guard.text, guard.without), inspect.getfile(function), "exec", annotations.compiler_flag)
    found: dict[str, FunctionType] = {}
    exec(code, function.__globals__, found)
    return found[guard.name]
