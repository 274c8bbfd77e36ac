"""Verifying the ledger as it is stored: the tree, the checkpoints kept outside and here, and the rows that records tell of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from enduse.casework.ledger.actions.checkpointing import signing_key
from enduse.casework.ledger.comparing import NOWHERE, Comparison
from enduse.casework.ledger.models import Checkpoint as Given
from enduse.casework.ledger.queries import Progress, head, rows, snapshot
from enduse.domain.ledger import MOST_FINDINGS, Checkpoint, Examination, Finding, examine
from enduse.formats.problems import BadInput
from enduse.stores import keys

_FORGED = ("note.signature", "note.text", "note.signatures", "note.lines", "note.origin", "note.size", "note.root", "note.at")

_AGAINST = ("ledger.root", "ledger.truncated")  # findings that contradict a checkpoint


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification came to. Only a checkpoint from outside proves anything against an owner of the database."""

    examination: Examination
    proved: Checkpoint | None  # the largest from outside whose root the records come to
    findings: tuple[Finding, ...]  # in the order of the records
    counts: Mapping[str, int]
    unproved: tuple[str, ...]
    compared: int  # rows that stand as their records say
    uncompared: int  # records and rows that could not be compared, since what was said is erased or cannot be read

    @property
    def sound(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.counts


def verify(outside: Sequence[Checkpoint] = (), *, using: str = "default", progress: Progress | None = None) -> Verified:
    """Go through the whole ledger as it stands at this moment. The signatures of `outside` are verified already.

    The checkpoints kept here are held against it, too: they prove nothing against somebody who can rewrite all of the database,
    and find what somebody rewrote who forgot them.
    """
    comparison = Comparison()
    with snapshot(using):
        inside, forged = _own_checkpoints(using)
        examination = examine(comparison.watched(rows(using, progress)), [*outside, *inside], head=head(using))
        comparison.hold(using)
    findings = (*examination.findings, *forged, *comparison.findings)
    counts = {**examination.counts, **comparison.counts, **({"ledger.checkpoint": len(forged)} if forged else {})}
    proved = _proved(outside, examination)
    unproved = ("ledger.unproved_after",) if proved is not None and proved.size else ("ledger.unproved_whole", "ledger.unproved_tail")
    ordered = tuple(sorted(findings, key=lambda finding: (finding.index == NOWHERE, finding.index)))
    return Verified(examination, proved, ordered, counts, unproved, comparison.compared, comparison.uncompared)


def _proved(outside: Sequence[Checkpoint], examination: Examination) -> Checkpoint | None:
    """The largest checkpoint from outside that no finding contradicts."""
    if any(examination.counts.get(code, 0) > MOST_FINDINGS for code in _AGAINST):
        return None  # not all of them are kept
    wrong = {(finding.values["size"], finding.values["at"]) for finding in examination.findings if finding.code in _AGAINST}
    good = [point for point in outside if point.size <= examination.records and (point.size, point.at) not in wrong]
    return max(good, key=lambda point: point.size, default=None)


def _own_checkpoints(using: str) -> tuple[list[Checkpoint], list[Finding]]:
    """The checkpoints kept here that say what their rows say and are signed as they should be; and of the others, that they are not.

    One that another key signed counts as it is: keys change.
    """
    good, forged = [], []
    public = _public()
    for row in _stored(using):
        try:
            point = keys.read_note(row.note).checkpoint
            if public:
                keys.verify(row.note, public)
        except BadInput as bad:
            if any(problem.code in _FORGED for problem in bad.problems):
                forged.append(Finding("ledger.checkpoint", NOWHERE, {"row": row.pk}))
                continue
        if (point.size, point.root.hex(), point.at) != (row.size, row.root, row.at):
            forged.append(Finding("ledger.checkpoint", NOWHERE, {"row": row.pk}))
            continue
        good.append(point)
    return good, forged


def _stored(using: str) -> Iterator[Given]:
    return Given.objects.using(using).order_by("pk").iterator()


def _public() -> str:
    try:
        return signing_key().public
    except BadInput:
        return ""
