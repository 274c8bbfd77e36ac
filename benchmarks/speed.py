"""What is measured, each with its target: one decision, files of deals, beside the peers, a whole register, the proof, the start."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from benchmarks.deals import ROUGH, SMALL, WORK, deals, write_lines
from benchmarks.measuring import Figure, NotRun, Spread, enduse, process, quantile, rate, repeated, spread, wanted
from benchmarks.peers import Cedar, Peer, Said, Zen, reached, stopping
from enduse.domain import clearing
from enduse.domain.clearing import clear_by
from enduse.domain.deal import Deal
from enduse.domain.decision import Decision, clause_order, decide
from enduse.domain.edition import Edition
from enduse.domain.rules import Effect
from enduse.domain.trace import Reason, missing, reasons
from enduse.domain.wording import Wording
from enduse.formats.answers import answer, line_of
from enduse.formats.deal_file import read_deal
from enduse.stores.editions import load_edition
from enduse.stores.reading import items

GOOD = frozenset({0, 3})  # released, and a valid "no"
MILLION = 1_000_000
STAGES = ("line to data", "data to deal, checked", "decide", "clear_by", "words", "data to line")
Facts = Mapping[str, str]
Levels = NDArray[np.uint8]


@dataclass(frozen=True)
class Deals:
    """One mix of deals: as a file, as read, and as decided."""

    mix: str
    file: Path
    deals: tuple[Deal, ...]
    decisions: tuple[Decision, ...]

    @property
    def states(self) -> int:
        """How many of them stand at different facts."""
        return len({decision.state for decision in self.decisions})


@dataclass(frozen=True)
class Bench:
    """What all measures share: how much of everything, and the deals."""

    edition: Edition
    folder: Path
    runs: int
    work: Deals
    rough: Deals
    single: int  # decisions timed one by one, in each run
    register: int


def bench(folder: Path, *, quick: bool) -> Bench:
    """The deals made, written and read."""
    edition = load_edition()
    count = 2_000 if quick else 20_000
    held = {mix: _made(folder, edition, mix, trouble, count) for mix, trouble in (("ordinary", WORK), ("rough", ROUGH))}
    gc.collect()
    gc.freeze()  # the deals lie about for our sake alone: no real run holds them all, nor looks through them again and again
    return Bench(edition, folder, 3 if quick else 7, held["ordinary"], held["rough"], count // 10, MILLION // 10 if quick else MILLION)


def _made(folder: Path, edition: Edition, mix: str, trouble: float, count: int) -> Deals:
    file = folder / f"{mix}.jsonl"
    write_lines(file, list(deals(count, trouble=trouble)))
    held = tuple(_read(file, edition))
    return Deals(mix, file, held, tuple(_decided(deal, edition) for deal in held))


def _read(file: Path, edition: Edition) -> Iterator[Deal]:
    for item in items(str(file)):
        if item.document is None:
            raise item.problem or AssertionError(item.where)
        yield read_deal(item.document, edition)


def _decided(deal: Deal, edition: Edition) -> Decision:
    assert deal.date is not None
    return decide(deal, edition, at=deal.date)


# One decision at a time


def one_decision(held: Bench) -> list[Figure]:
    """A deal already read, decided with reasons and what is missing; and with every way to release it. Each run takes other deals."""
    found = []
    for made in (held.work, held.rough):

        def plain(place: int, made: Deals = made) -> None:
            _decided(made.deals[place], held.edition)

        def whole(place: int, made: Deals = made) -> None:
            deal = made.deals[place]
            clear_by(deal, _decided(deal, held.edition), held.edition)

        found += _single(held, f"one decision, {made.mix} deals", plain, 1)
        found += _single(held, f"one decision with `clear_by`, {made.mix} deals", whole, 20)
    return [*found, _emptiest(held)]


def _emptiest(held: Bench) -> Figure:
    """A deal of which nothing is known: every question open, so most to find out about what would release it."""
    deal = Deal("nothing known", date=date(2026, 11, 2), digest="sha256:none")

    def whole(_: int) -> None:
        clear_by(deal, _decided(deal, held.edition), held.edition)

    _cold(whole, 0)
    taken = [_cold(whole, 0) * 1000 for _ in range(100)]
    return Figure("one decision with `clear_by`, a deal of which nothing is known", "ms", spread(taken), at_most=20)


def _single(held: Bench, measure: str, call: Callable[[int], None], at_most: float) -> list[Figure]:
    typical, slow = [], []
    for run in range(held.runs + 1):
        taken = [_cold(call, place) * 1000 for place in range(run * held.single, (run + 1) * held.single)]
        if run:  # the first warms up
            typical.append(quantile(taken, 0.5))
            slow.append(quantile(taken, 0.99))
    return [Figure(f"{measure}: p50", "ms", spread(typical)), Figure(f"{measure}: p99", "ms", spread(slow), at_most=at_most)]


def _cold(call: Callable[[int], None], place: int) -> float:
    """Seconds of one call, nothing kept from earlier deals: whoever asks about one deal has asked about no other."""
    for value in vars(clearing).values():
        if hasattr(value, "cache_clear"):
            value.cache_clear()
    start = perf_counter()
    call(place)
    return perf_counter() - start


# Files of deals


def assess(held: Bench) -> list[Figure]:
    """`enduse assess --json` as a whole process, from starting Python to the last line."""
    return [_assess(held, made) for made in (held.work, held.rough)]


def _assess(held: Bench, made: Deals) -> Figure:
    command = enduse("assess", "--json", "--lang", "en", str(made.file))
    answers = held.folder / "answers.jsonl"
    process(command, to=answers, good=GOOD)
    _check_answers(answers, made)
    taken = [process(command, good=GOOD) for _ in range(held.runs)]
    count = len(made.deals)
    processor = spread(one.processor_seconds for one in taken)
    note = f"{count:,} deals at {made.states:,} different sets of facts; {processor.median:.2f} s of processor time"
    return Figure(f"`enduse assess --json`, {made.mix} deals", "/s", spread(count / one.seconds for one in taken), at_least=3000, note=note)


def _check_answers(answers: Path, made: Deals) -> None:
    with answers.open(encoding="utf-8") as stream:
        told = [json.loads(line) for line in stream]
    expected = [(decision.reference, decision.outcome.name, decision.fingerprint) for decision in made.decisions]
    if [(one["reference"], one.get("outcome"), one.get("fingerprint")) for one in told] != expected:
        raise AssertionError(f"`enduse assess` answers otherwise than `decide`, see {made.file.name}")


def stages(held: Bench) -> dict[str, dict[str, float]]:
    """Where the time of one assessed deal goes: microseconds a deal for each stage in turn, by mix. Caches as in a real run."""
    found = {}
    for made in (held.work, held.rough):
        _stages(held, made)
        found[made.mix] = _stages(held, made)
    return found


def _stages(held: Bench, made: Deals) -> dict[str, float]:
    edition, wording = held.edition, Wording(held.edition, "en")
    taken = dict.fromkeys(STAGES, 0.0)
    before = perf_counter()
    for item in items(str(made.file)):
        assert item.document is not None
        marks = [perf_counter()]
        deal = read_deal(item.document, edition)
        marks.append(perf_counter())
        decision = _decided(deal, edition)
        marks.append(perf_counter())
        ways = clear_by(deal, decision, edition)
        marks.append(perf_counter())
        words = answer(decision, ways, wording)
        marks.append(perf_counter())
        line_of(words)
        marks.append(perf_counter())
        for stage, start, end in zip(STAGES, [before, *marks], marks, strict=False):
            taken[stage] += end - start
        before = perf_counter()
    return {stage: seconds / len(made.deals) * 1e6 for stage, seconds in taken.items()}


# Beside the peers


def beside_peers(held: Bench) -> list[Figure]:
    """The same facts of the same deals, to us and to the peers, one after the other in one process; first it is seen that all agree."""
    facts = [decision.facts for decision in held.work.decisions]
    first = "facts to outcome and the rules that fired"
    figures = [Figure(first, "/s", rate(lambda one: _plainly(held.edition, one), facts, held.runs), peers=_peers(held), note=_agreed(held))]
    figures.append(
        Figure("facts to folded reasons, clauses, what is missing", "/s", rate(lambda one: explained(held.edition, one), facts, held.runs))
    )
    deals_ = held.work.deals
    figures.append(Figure("deal to the whole decision with fingerprint", "/s", rate(lambda one: _decided(one, held.edition), deals_, held.runs)))
    lines = _lines(held.work.file)
    figures.append(Figure("line of text to line of answer with `clear_by`", "/s", rate(_Assessor(held).line, lines, held.runs)))
    return figures


def _agreed(held: Bench) -> str:
    return f"on all {len(held.work.decisions) + len(held.rough.decisions):,} deals of both mixes the peers agree with us, rules too"


def _peers(held: Bench) -> dict[str, Spread]:
    found = {}
    table = held.edition.table
    for kind in (Zen, Cedar):
        peer: Peer = kind(table)
        for made in (held.rough, held.work):
            requests = [peer.request(reached(table, decision.facts)) for decision in made.decisions]
            _check_peer(peer, held.edition, requests, made.decisions)
        found[peer.name] = rate(peer.ask, requests, held.runs)
    return found


def _check_peer(peer: Peer, edition: Edition, requests: Sequence[object], decisions: Sequence[Decision]) -> None:
    """INVARIANT: no comparison without agreement, on the outcome and on the rules."""
    for request, decision in zip(requests, decisions, strict=True):
        said, rules = peer.said(peer.ask(request)), frozenset(decision.rules)
        ours = Said(decision.released, rules if said.outcome is not None else stopping(edition.table, rules), said.outcome and decision.outcome)
        if said != ours:
            raise AssertionError(f"{peer.name} says {said} of {decision.reference}, we say {ours}")


def _plainly(edition: Edition, facts: Facts) -> tuple[Effect, list[str]]:
    """What the peers answer too: the outcome and the rules that fired."""
    fired = edition.table.fired(edition.table.space.encode(facts))
    return max(rule.effect for rule, _ in fired), [rule.id for rule, _ in fired]


def explained(edition: Edition, facts: Facts) -> tuple[Effect, tuple[Reason, ...], list[str], tuple[str, ...]]:
    """What the peers leave to their user: reasons with the facts behind them, folded, the clauses, what is missing."""
    table = edition.table
    state = table.space.encode(facts)
    fired = table.fired(state)
    outcome = max(rule.effect for rule, _ in fired)
    found = reasons(fired, state, facts, table.space, edition.gates)
    clauses = sorted({clause for rule, _ in fired if rule.effect == outcome for clause in rule.clauses}, key=clause_order)
    return outcome, found, clauses, missing(found, edition.infos)


def _lines(file: Path) -> list[str]:
    with file.open(encoding="utf-8") as stream:
        return list(stream)


class _Assessor:
    """What `assess --json` does with one line, within this process."""

    def __init__(self, held: Bench) -> None:
        self.plain = wanted("enduse.formats.plain")
        self.edition = held.edition
        self.wording = Wording(held.edition, "en")

    def line(self, text: str) -> str:
        deal = read_deal(self.plain.Document(self.plain.read_json(text)), self.edition)
        decision = _decided(deal, self.edition)
        return line_of(answer(decision, clear_by(deal, decision, self.edition), self.wording))


# A whole register


def register(held: Bench) -> list[Figure]:
    """A register decided anew with numpy: outcome and every rule that fired, for each row."""
    batch = wanted("enduse.domain.batch")
    table = held.edition.table
    decisions = (*held.work.decisions, *held.rough.decisions)
    facts = [decision.facts for decision in decisions]
    small = batch.columns(table, facts)
    _check_batch(batch.decide_all(table, small), decisions, held.edition)
    levels = _grown(small, held.register)
    taken = repeated(lambda: batch.decide_all(table, levels), held.runs)
    encoding = repeated(lambda: batch.columns(table, facts), held.runs)
    kept = [decision.state for decision in decisions]
    states = [kept[place] for place in np.random.default_rng(2027).integers(0, len(kept), held.register)]
    from_states = repeated(lambda: batch.decide_states(table, states), held.runs)
    scale = held.register / len(facts)
    deciding = Figure(
        f"register of {held.register:,} deals decided anew, reasons kept",
        "s",
        taken,
        at_most=held.register / MILLION,
        note=f"{_different(levels):,} different sets of facts; encoding not included",
    )
    scaled = Spread(encoding.median * scale, encoding.low * scale, encoding.high * scale, encoding.runs)
    note = f"measured on {len(facts):,}, given for {held.register:,}; done once, when a deal changes"
    packed = Figure(
        "a register of as many states kept with decisions, packing included",
        "s",
        from_states,
        at_most=held.register / MILLION,
        note=f"{len(set(states)):,} different sets of facts",
    )
    return [deciding, packed, Figure("the same register: facts encoded as columns", "s", scaled, note=note)]


def _check_batch(outcomes: object, decisions: Sequence[Decision], edition: Edition) -> None:
    effects, rules = outcomes.effects, outcomes.rules  # type: ignore[attr-defined]
    for row, decision in enumerate(decisions):
        if effects[row] != decision.outcome or tuple(rules(edition.table, row)) != decision.rules:
            raise AssertionError(f"the register's evaluator decides {decision.reference} otherwise")


def _grown(levels: Levels, rows: int) -> Levels:
    """As many rows as wanted, drawn from the deals made; of each fact half of the rows take another deal's level."""
    chance = np.random.default_rng(2026)
    grown = np.ascontiguousarray(levels[:, chance.integers(0, levels.shape[1], rows)])
    for fact in grown:
        changed = chance.permutation(rows)[: rows // 2]
        fact[changed] = fact[chance.permutation(changed)]
    return grown


def _different(levels: Levels) -> int:
    """How many different columns the array has."""
    rows = np.ascontiguousarray(levels.T)
    return len(np.unique(rows.view(f"V{rows.shape[1]}")))


# Whole processes


def prove(held: Bench) -> list[Figure]:
    """`enduse prove` as a whole process."""
    return [_whole(held, "`enduse prove`", enduse("prove"), 10)]


def start_up(held: Bench) -> list[Figure]:
    """`enduse assess` on one small YAML deal as a whole process: what a person at a prompt waits for."""
    file = held.folder / "small.yaml"
    file.write_text(SMALL, "utf-8")
    return [_whole(held, "`enduse assess` on one small YAML deal", enduse("assess", "--lang", "en", str(file)), 0.5)]


def _whole(held: Bench, measure: str, command: Sequence[str], at_most: float) -> Figure:
    process(command, good=GOOD)
    taken = [process(command, good=GOOD) for _ in range(held.runs)]
    processor = spread(one.processor_seconds for one in taken)
    note = f"{processor.median:.2f} s of processor time"
    return Figure(measure, "s", spread(one.seconds for one in taken), at_most=at_most, note=note)


MEASURES: dict[str, Callable[[Bench], list[Figure]]] = {
    "one decision at a time": one_decision,
    "`enduse assess --json` on a file of deals": assess,
    "beside zen-engine and Cedar": beside_peers,
    "a register with numpy": register,
    "`enduse prove`": prove,
    "start-up": start_up,
}


def measured(held: Bench, name: str) -> list[Figure]:
    """The figures of one measure, or one that says aloud why it was not run."""
    try:
        return MEASURES[name](held)
    except NotRun as error:
        return [Figure(name, note=f"NOT RUN: {error}")]
