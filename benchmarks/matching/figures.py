"""How well names are found: our matcher and the others on the same queries and entries, each part a list of figures."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from benchmarks.matching import data
from benchmarks.matching.altering import alterations
from benchmarks.matching.data import Asked, Half, Judged, Listing
from benchmarks.matching.measures import Scores, cross_validated, drawn_again, f1_of, share, threshold_at
from benchmarks.matching.negatives import SEEDS, given_negatives, negatives
from benchmarks.matching.pairs import LANGUAGES, script_pairs, some
from benchmarks.matching.peers import PEERS, Peer, peer
from benchmarks.matching.scoring import mapped, scores
from benchmarks.measuring import Figure, NotRun, Spread
from enduse.domain.screening.query import Query

OURS, THEIRS = "enduse", "logic-v2"
RATE = 0.003
NEGATIVES = {OURS: 50_000, THEIRS: 6_000, "logic-v1": 3_000, "rapidfuzz": 3_000, "tantivy n-grams": 50_000}  # the slower, the fewer
ALTERED = 4_000
SCRIPT_QUERIES = 1_500
SCRIPT_RATE = 0.05
SCRIPT_TARGETS = {**dict.fromkeys(LANGUAGES, 0.5), "ru": 0.8}


@dataclass(slots=True)
class Run:
    """One run: which half of the data, how much of it, which matchers; what was measured once is kept for the next part."""

    half: Half = "report"
    part_of: int = 1  # a fortieth of everything where 40
    names: tuple[str, ...] = tuple(PEERS)
    misses: int = 0  # how many of our misses to tell
    processes: int = 2
    made: tuple[Query, ...] = ()
    tops: dict[tuple[str, str], tuple[float, ...]] = field(default_factory=dict)
    standing: dict[str, str] = field(default_factory=dict)  # of each matcher the entries that it was last built of

    def some(self, items: Sequence[Asked]) -> Sequence[Asked]:
        """All items, or a part of them."""
        return items[:: self.part_of]

    def negatives(self, name: str) -> tuple[Query, ...]:
        """The made-up names that a matcher is asked for; the slower it is, the fewer of the same. Name and kind only, as all queries."""
        if not self.made:
            made = negatives(SEEDS[self.half], max(NEGATIVES.values()) // self.part_of)
            self.made = tuple(Query(one.name, one.kind) for one in made.queries)
            progress(f"{len(self.made):,} made-up names; {made.listed} more stand on a list and were left out")
        return self.made[: NEGATIVES[name] // self.part_of]

    def peers(self) -> list[tuple[str, Peer]]:
        """The matchers that can run here."""
        found = []
        for name in self.names:
            try:
                found.append((name, peer(name)))
            except NotRun as why:
                progress(f"{name} NOT RUN: {why}")
        return found

    def on(self, name: str, built: Peer, where: str, whole: Sequence[Listing]) -> tuple[float, ...]:
        """The best score of each made-up name on whole lists (`where`); taken once."""
        if (name, where) not in self.tops:
            progress(f"  {name}: made-up names on {where}")
            self.build(name, built, where, whole)
            self.tops[name, where] = scores(built, [], self.negatives(name), processes=self.processes).negatives
        return self.tops[name, where]

    def build(self, name: str, built: Peer, what: str, entries: Sequence[Listing]) -> None:
        """Build a matcher, where it is not built of these entries already."""
        if self.standing.get(name) != what:
            built.build(entries)
            self.standing[name] = what

    def scores(self, where: str, whole: Sequence[Listing], out: tuple[str, Sequence[Listing]] | None, asked: Sequence[Asked]) -> dict[str, Scores]:
        """The scores of each matcher: made-up names on the whole lists, queries on those or on what is left where names were taken `out`."""
        found = {}
        for name, built in self.peers():
            tops = self.on(name, built, where, whole)
            progress(f"  {name}: {len(asked):,} queries")
            self.build(name, built, *(out or (where, whole)))
            found[name] = Scores(tops, scores(built, asked, [], processes=self.processes).truths)
        return found


def progress(what: str) -> None:
    """Say what is being done, out of the way of the table."""
    print(f"== {what}", file=sys.stderr, flush=True)


def aliases(run: Run) -> list[Figure]:
    """One alias taken out of each entry that has two, on the UN list and on the pool."""
    figures = []
    for where, whole in (("the UN list", data.un()), ("the pool", data.pool())):
        entries, asked = data.held_out_aliases(whole, run.half)
        asked = list(run.some(asked)) if where == "the pool" else asked
        found = run.scores(where, whole, (f"{where} without aliases", entries), asked)
        target = 0.75 if where == "the UN list" else found[THEIRS].at(RATE)[2].median + 0.10 if THEIRS in found else None
        figures += found_at(f"alias taken out, {where}", found, asked, run, target)
    return figures


def originals(run: Run) -> list[Figure]:
    """All original-script names taken out of each UN entry, one asked for."""
    entries, asked = data.held_out_originals(data.un(), run.half)
    found = run.scores("the UN list", data.un(), ("the UN list without originals", entries), asked)
    return found_at("original-script names taken out, the UN list", found, asked, run, 0.70)


def found_at(measure: str, found: Mapping[str, Scores], asked: Sequence[Asked], run: Run, target: float | None) -> list[Figure]:
    """How many find their entry at RATE; and what an index without a threshold would find at all."""
    spreads = {name: scored.at(RATE)[2] for name, scored in found.items()}
    notes = [f"{name} from {scored.at(RATE)[0]:.3f} on: {said(scored.at(RATE)[1])} false alerts" for name, scored in found.items()]
    notes.append(f"{len(asked):,} queries; " + by_kind(found, asked))
    tell_misses(measure, found, asked, run)
    any_score = {name: scored.found(0.0) for name, scored in found.items()}
    return [
        figure(f"{measure}: found at ≤ {RATE:.1%} false alerts", spreads, at_least=target, note="; ".join(notes)),
        figure(f"{measure}: among the candidates at all", any_score),
    ]


def by_kind(found: Mapping[str, Scores], asked: Sequence[Asked]) -> str:
    """Our share found by what was asked."""
    if OURS not in found:
        return ""
    threshold = found[OURS].at(RATE)[0]
    hits: dict[str, list[bool]] = defaultdict(list)
    for one, score in zip(asked, found[OURS].truths, strict=True):
        hits[one.how].append(score >= threshold)
    return "ours: " + ", ".join(f"{how} {sum(held) / len(held):.2f} of {len(held)}" for how, held in sorted(hits.items()))


def tell_misses(measure: str, found: Mapping[str, Scores], asked: Sequence[Asked], run: Run) -> None:
    """Some of our misses, to look at while tuning."""
    if run.misses and OURS in found:
        threshold = found[OURS].at(RATE)[0]
        missed = [(score, one) for score, one in zip(found[OURS].truths, asked, strict=True) if score < threshold]
        for score, one in missed[: run.misses]:
            progress(f"  missed ({measure}) {score:.2f}: {one.query.name} | was {one.was} | {one.how} | {one.truth}")
        worst = sorted(zip(found[OURS].negatives, run.made, strict=False), key=lambda pair: -pair[0])
        for score, query in worst[: run.misses]:
            progress(f"  false alert {score:.2f}: {query.name} ({query.kind})")


def altered(run: Run) -> list[Figure]:
    """Mild alterations of the pool's names: misses and false alerts at each matcher's own threshold, and misses at one rate of false alerts."""
    whole = data.pool()
    asked = alterations(whole, run.half, count=ALTERED // run.part_of)
    found = run.scores("the pool", whole, None, asked)
    usual = {name: built.usual for name, built in run.peers() if built.usual is not None and name in found}
    missed = {name: opposite(found[name].found(threshold)) for name, threshold in usual.items()}
    alerts = {name: found[name].alerts(threshold) for name, threshold in usual.items()}
    where = "own threshold (" + ", ".join(f"{name} {threshold}" for name, threshold in usual.items()) + ")"
    half = {kind: shares[THEIRS].median / 2 if THEIRS in shares else None for kind, shares in (("missed", missed), ("alerts", alerts))}
    at_half = {name: opposite(scored.at(half["alerts"])[2]) for name, scored in found.items()} if half["alerts"] else {}
    at_rate = {name: opposite(scored.at(RATE)[2]) for name, scored in found.items()}
    tell_misses("altered", found, asked, run)
    return [
        figure(f"mild alterations: missed at its {where}", missed, at_most=half["missed"], note=f"{len(asked):,} queries"),
        figure(f"mild alterations: false alerts at its {where}", alerts, at_most=half["alerts"]),
        figure("mild alterations: missed at half of logic-v2's false alerts", at_half, at_most=half["missed"]),
        figure(f"mild alterations: missed at ≤ {RATE:.1%} false alerts", at_rate, note=by_kind(found, asked)),
        *each_way(found, asked),
        figure("yente's 1,000 made-up people: false alerts at its " + where, yente(run, usual)),
    ]


def yente(run: Run, usual: Mapping[str, float]) -> dict[str, Spread]:
    """False alerts on the made-up people that yente brings: none that we made."""
    found = {}
    for name, built in run.peers():
        if name in usual:
            run.build(name, built, "the pool", data.pool())
            found[name] = scores(built, [], given_negatives()[:: run.part_of], processes=run.processes).alerts(usual[name])
    return found


def each_way(found: Mapping[str, Scores], asked: Sequence[Asked]) -> list[Figure]:
    """Misses at RATE by what was altered."""
    thresholds = {name: scored.at(RATE)[0] for name, scored in found.items()}
    figures = []
    for how in sorted({one.how for one in asked}):
        places = [at for at, one in enumerate(asked) if one.how == how]
        missed = {name: share(sum(scored.truths[at] < thresholds[name] for at in places), len(places)) for name, scored in found.items()}
        figures.append(figure(f"… {how}: missed at ≤ {RATE:.1%} false alerts", missed, note=f"{len(places):,} queries"))
    return figures


def scripts(run: Run) -> list[Figure]:
    """Pairs across scripts against hard negatives, a language a figure."""
    pairs, figures = script_pairs(run.half), []
    for language in LANGUAGES:
        held = some(pairs, language, SCRIPT_QUERIES // run.part_of)
        found, notes = {}, []
        for name, built in run.peers():
            given = mapped(lambda pair, built=built: built.pair(pair.query, pair.candidate, "Person"), held, run.processes)  # type: ignore[misc]
            right = [score for score, pair in zip(given, held, strict=True) if pair.match]
            wrong = [score for score, pair in zip(given, held, strict=True) if not pair.match]
            threshold = threshold_at(wrong, SCRIPT_RATE)
            found[name] = share(sum(score >= threshold and score > 0 for score in right), len(right))
            notes.append(f"{name} from {threshold:.2f} on")
        note = f"{len(held) // 2:,} queries; " + ", ".join(notes)
        measure = f"script pairs {language}: recall at ≤ {SCRIPT_RATE:.0%} false positives"
        figures.append(figure(measure, found, at_least=SCRIPT_TARGETS[language], note=note))
    return figures


def judged(run: Run) -> list[Figure]:
    """F1 on the 600 judged pairs, the threshold chosen on the other four folds: asked as they stand, and both ways with the better score."""
    pairs, straight, better = data.judged(), {}, {}
    for name, built in run.peers():
        both = mapped(lambda pair, built=built: _both_ways(built, pair), pairs, run.processes)  # type: ignore[misc]
        straight[name], better[name] = [one for one, _ in both], [max(one) for one in both]
    return [
        _judged("600 judged pairs: F1, 5-fold cross-validated, as they stand", straight, pairs),
        _judged("600 judged pairs: F1, 5-fold cross-validated, both ways and the better", better, pairs),
    ]


def _both_ways(built: Peer, pair: Judged) -> tuple[float, float]:
    return built.pair(pair.query, pair.candidate, pair.schema), built.pair(pair.candidate, pair.query, pair.schema)


def _judged(measure: str, given: Mapping[str, Sequence[float]], pairs: Sequence[Judged]) -> Figure:
    right, folds = [pair.match for pair in pairs], [pair.fold for pair in pairs]
    spoken = {name: cross_validated(scores, right, folds) for name, scores in given.items()}

    def f1_in(name: str, places: Sequence[int]) -> float:
        return f1_of([spoken[name][at] for at in places], [right[at] for at in places])

    found = {}
    for name, say in spoken.items():
        low, high = drawn_again(len(pairs), partial(f1_in, name))
        found[name] = Spread(f1_of(say, right), low, high, len(pairs))
    note = "all pairs: the half does not split them"
    if {OURS, THEIRS} <= spoken.keys():
        low, high = drawn_again(len(pairs), lambda places: f1_in(OURS, places) - f1_in(THEIRS, places))
        note += f"; ours less logic-v2: {found[OURS].median - found[THEIRS].median:+.3f} ({low:+.3f} to {high:+.3f})"
    return figure(measure, found, at_least=found[THEIRS].median + 0.05 if THEIRS in found else None, note=note)


def figure(measure: str, found: Mapping[str, Spread], *, at_least: float | None = None, at_most: float | None = None, note: str = "") -> Figure:
    """A line of the table: ours apart from the others. `at_most` may be reached."""
    others = {name: spread for name, spread in found.items() if name != OURS}
    most = None if at_most is None else at_most + 1e-12
    return Figure(measure, "", found.get(OURS), at_most=most, at_least=at_least, peers=others, note=note)


def opposite(found: Spread) -> Spread:
    """The share that is left."""
    return Spread(1 - found.median, 1 - found.high, 1 - found.low, found.runs)


def said(found: Spread) -> str:
    """A share with its interval, in per cent."""
    return f"{found.median:.2%} ({found.low:.2%}–{found.high:.2%})"


PARTS: dict[str, Callable[[Run], list[Figure]]] = {"altered": altered, "alias": aliases, "original": originals, "script": scripts, "judged": judged}
