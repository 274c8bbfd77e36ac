"""Answers set well in a terminal: colours only on one, nothing that a name could smuggle in."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from typing import IO, cast

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from enduse.domain.clearing import Clearing, Step
from enduse.domain.decision import Decision
from enduse.domain.rules import Effect
from enduse.domain.trace import Reason
from enduse.domain.wording import INDICATOR, MOST_TITLES, Wording, day
from enduse.words import say

COLOURS = {
    Effect.not_export: "cyan",
    Effect.proceed: "green",
    Effect.incomplete: "yellow",
    Effect.diligence: "yellow",
    Effect.hold: "dark_orange3",
    Effect.statutory: "magenta",
    Effect.refuse: "red",
}
WIDEST = 110
_BLANKS = re.compile(r"[ \t]+(?=\n)")
# controls, marks that hide or turn text, halves of characters
_UNFIT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff]"
)
_BREAKS = re.compile("[\t\n\x0b\x0c\r]+")
_SEPARATORS = re.compile("[\u2028\u2029]")


def console(stream: IO[str] | None = None) -> Console:
    """A console as wide as the terminal, at most 110; without colours where it is none."""
    stream = stream or sys.stdout
    if not stream.isatty():
        return Console(file=cast(IO[str], Trimmed(stream)), highlight=False, markup=False, emoji=False, width=WIDEST)
    plain = Console(file=stream, highlight=False, markup=False, emoji=False)
    plain.width = min(plain.width, WIDEST)
    return plain


class Trimmed:
    """A stream for files and pipes: the blanks that fill up a line on a terminal are left out."""

    def __init__(self, stream: IO[str]) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write `text` without the blanks at the end of its lines. The console writes whole lines."""
        self.stream.write(_BLANKS.sub("", text))
        return len(text)

    def flush(self) -> None:
        """Flush the stream beneath."""
        self.stream.flush()


def clean(text: object) -> str:
    """Text fit for a terminal, on one line: no control characters, no marks that hide it or turn its direction."""
    return _UNFIT.sub("\ufffd", _SEPARATORS.sub("\ufffd", _BREAKS.sub(" ", str(text))))


def _together(because: Mapping[str, str]) -> dict[str, str]:
    """Facts and levels; the indicators of one level under one name."""
    found: dict[str, str] = {}
    for fact, level in because.items():
        alike = [other.removeprefix(INDICATOR) for other, at in because.items() if other.startswith(INDICATOR) and at == level]
        found[INDICATOR + ", ".join(alike) if fact.startswith(INDICATOR) else fact] = level
    return found


class Page:
    """Writes decisions one below the other."""

    def __init__(self, wording: Wording, out: Console) -> None:
        self.wording = wording
        self.lang = wording.lang
        self.out = out

    def say(self, code: str, **values: object) -> str:
        return say(code, self.lang, **values)

    def decision(self, decision: Decision, clearing: Clearing, title: str | None) -> None:
        """The whole answer on one deal."""
        self._head(decision, title)
        self._section("assess.why")
        for reason, twins in self._with_twins(decision.reasons):
            self._reason(decision, reason, twins)
        if decision.missing:
            self._section("assess.missing")
            self._numbered([self.wording.question(fact) for fact in decision.missing])
        if not decision.released:
            self._section("assess.clears")
            self._clearing(decision, clearing)
        if decision.duties:
            self._section("assess.duties")
            self._pairs(
                [(self.wording.phrase("stages", when), f"{text} ({', '.join(clauses)})") for when, text, clauses in self.wording.duties(decision)]
            )
        if decision.remarks:
            self._section("assess.remarks")
            for remark in decision.remarks:
                self._line(self.wording.ground(remark))
        self.out.print()
        self.out.print(Text("  " + self.say("assess.fingerprint", fingerprint=decision.fingerprint), style="dim"), soft_wrap=True)
        self.out.print()

    def brief(self, decision: Decision, title: str | None) -> None:
        """One deal on one line."""
        line = Text.assemble(
            (f"{self.wording.outcome(decision.outcome):<24}", f"bold {COLOURS[decision.outcome]}"),
            f"{', '.join(decision.clauses):<16} ",
            (clean(decision.reference), "bold"),
            f"  {clean(title or '')}",
        )
        self.out.print(line, soft_wrap=True)

    def _head(self, decision: Decision, title: str | None) -> None:
        act = self.wording.edition.act
        known = [day(decision.at, self.lang), self.say("assess.edition", edition=decision.edition)]
        known += [self.say("assess.act", act=clean(act.act))] if act else []
        self.out.rule(style="dim")
        self.out.print(Text.assemble((clean(decision.reference), "bold"), f"  {clean(title or '')}"))
        self.out.print(Text(" · ".join(known), style="dim"))
        self.out.print()
        colour = COLOURS[decision.outcome]
        verdict = self.say("assess.released" if decision.released else "assess.stopped")
        note = self.wording.phrase("outcome_notes", decision.outcome.name)
        head = Text.assemble(("▌ ", colour), (self.wording.outcome(decision.outcome).upper(), f"bold {colour}"), f"  {note}\n")
        head.append_text(Text.assemble(("▌ ", colour), verdict, (f" · {', '.join(decision.clauses)}", "dim")))
        self.out.print(head)

    def _section(self, code: str) -> None:
        self.out.print()
        self.out.print(Text(self.say(code), style="bold"))

    def _with_twins(self, reasons: Sequence[Reason]) -> list[tuple[Reason, list[Reason]]]:
        """Each reason with the house rules that say the same of the same facts, so that people read it once."""
        gates = self.wording.edition.gates
        found: list[tuple[Reason, list[Reason]]] = []
        for reason in reasons:
            named = set(reason.because) - gates
            for first, twins in found:
                if first.rule.effect == reason.rule.effect and reason.rule.basis == "policy" and named and named <= set(first.because):
                    twins.append(reason)
                    break
            else:
                found.append((reason, []))
        return found

    def _reason(self, decision: Decision, reason: Reason, twins: Sequence[Reason]) -> None:
        rule = reason.rule
        facts = " · ".join(f"{fact} = {level}" for fact, level in _together(reason.because).items())
        note = self.say("assess.rule", rule=rule.id, basis=self.wording.phrase("basis", rule.basis))
        folded = [*reason.folded, *(inner for twin in twins for inner in twin.folded)]
        for code, others in (("assess.also", twins), ("assess.folded", folded)):
            if others:
                note += "; " + self.say(code, rules=", ".join(f"{other.rule.id} ({', '.join(other.rule.clauses)})" for other in others))
        dim = "\n".join(clean(line) for line in (facts, note) if line)
        words = Text.assemble(clean(self.wording.reason(decision, reason)), ("\n" + dim, "dim"))
        self._pair(", ".join(rule.clauses), words)

    def _clearing(self, decision: Decision, clearing: Clearing) -> None:
        if not clearing.ways:
            self._line(self.say("assess.nothing"))
            seen: dict[str, list[str]] = {}
            for _, clauses, text in self.wording.stuck(decision, clearing):
                seen.setdefault(text, []).extend(clause for clause in clauses if clause not in seen.get(text, []))
            self._pairs([(", ".join(clauses), text) for text, clauses in seen.items()])
            return
        if len(clearing.ways) > 1:
            self._line(self.say("assess.either", count=len(clearing.ways)))
        for number, way in enumerate(clearing.ways, 1):
            if len(clearing.ways) > 1:
                self.out.print(Padding(Text(self.say("assess.way", number=number), style="italic"), (0, 0, 0, 2)))
            self._numbered(self._steps(way, decision), "+" if len(way) > 1 else "•")

    def _steps(self, way: Sequence[Step], decision: Decision) -> list[str]:
        """The steps in words; answers to many indicators on one line."""
        answers = [step.fact for step in way if step.do == "indicator" and not step.instead]
        if len(answers) <= MOST_TITLES:
            return [self._step(step, decision) for step in way]
        together = self.wording.phrase("steps", "indicators_many").format(keys=self.wording.keys(answers))
        return [*(self._step(step, decision) for step in way if step.fact not in answers), together]

    def _step(self, step: Step, decision: Decision) -> str:
        words = self.wording.step(step, decision)
        others = [self.say("assess.or") + self.wording.step(other, decision) for other in step.instead]
        return "\n".join([words, *others])

    def _numbered(self, lines: list[str], mark: str = "") -> None:
        self._pairs([(mark or f"{number}.", line) for number, line in enumerate(lines, 1)], style="dim")

    def _pairs(self, rows: list[tuple[str, str]], style: str = "") -> None:
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        grid.add_column(no_wrap=True, style=style)
        grid.add_column(overflow="fold")
        for left, right in rows:
            grid.add_row(Text(left), Text("\n".join(map(clean, right.split("\n")))))
        self.out.print(Padding(grid, (0, 0, 0, 2)))

    def _pair(self, left: str, right: Text) -> None:
        grid = Table.grid(padding=(0, 2), pad_edge=False)
        grid.add_column(no_wrap=True, width=8, style="bold")
        grid.add_column(overflow="fold")
        grid.add_row(Text(left), right)
        self.out.print(Padding(grid, (0, 0, 0, 2)))

    def _line(self, text: str) -> None:
        self.out.print(Padding(Text(clean(text)), (0, 0, 0, 2)))
