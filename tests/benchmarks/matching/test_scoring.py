"""A matcher's scores, in one process and in two; the matchers that need no package of the benchmarks."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.matching.data import Asked, Listing
from benchmarks.matching.peers import Brute, Hits, Ours, Peer
from benchmarks.matching.scoring import mapped, scores
from enduse.domain.screening.entity import Entity, Name
from enduse.domain.screening.query import Query

ENTRIES: list[Listing] = [
    ("a", Entity("1", "Person", (Name("Anna Lanternkeeper"), Name("Анна Фонарщикова", "alias")))),
    ("b", Entity("1", "Company", (Name("Blue Lantern Trading LLC"),))),
]


class Fixed:
    """Finds both entries with given scores; two hits of one entry count with the better."""

    name = "fixed"
    usual: float | None = 0.5

    def build(self, entries: Sequence[Listing]) -> None: ...

    def search(self, query: Query) -> Hits:
        return [(("a", "1"), 0.9), (("b", "1"), 0.4), (("a", "1"), 0.2)] if query.name else []

    def pair(self, query: str, candidate: str, schema: str) -> float:
        return 0.0


def test_a_query_counts_by_its_own_entry_and_a_made_up_name_by_any() -> None:
    asked = [Asked(Query("x"), ("a", "1"), "", ""), Asked(Query("x"), ("b", "1"), "", ""), Asked(Query("x"), ("c", "1"), "", "")]
    found = scores(Fixed(), asked, [Query("x"), Query("")])
    assert found.truths == (0.9, 0.4, 0.0)
    assert found.negatives == (0.9, 0.0)


def test_two_processes_give_the_same_in_order() -> None:
    items = list(range(500))
    assert mapped(lambda item: item * 2, items, 2) == mapped(lambda item: item * 2, items, 1) == [item * 2 for item in items]


def test_brute_force_and_ours_find_a_name_with_its_words_turned() -> None:
    peers: list[Peer] = [Brute(), Ours()]
    for peer in peers:
        peer.build(ENTRIES)
        assert peer.search(Query("LANTERNKEEPER, Anna", "person"))[0][0] == ("a", "1"), peer.name
        assert peer.pair("Anna Lanternkeeper", "Anna Lanternkeeper", "Person") > peer.pair("Anna Lanternkeeper", "Boris Woodcutter", "Person")
