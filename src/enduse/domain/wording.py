"""Decisions in words, Russian or English: reasons, what is missing, what would release, duties. The words are the edition's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from enduse.domain.clearing import Clearing, Step
from enduse.domain.decision import Decision
from enduse.domain.edition import Edition
from enduse.domain.rules import Effect
from enduse.domain.trace import Ground, Reason
from enduse.reference import country_name

# grounds said otherwise where a value is not there: which value, and the phrase to use then
UNSAID = {
    "party_unknown": ("name", "party_unnamed"),
    "party_foreign": ("country", "party_stateless"),
    "evidence": ("source", "evidence_unsourced"),
    "permit_party": ("name", "permit_party_unnamed"),
}
MONTHS = {
    "ru": ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
}
INDICATOR = "indicator_"
MOST_REMEMBERED = 256
MOST_TITLES = 3  # of one level; more indicators are told by their numbers alone
# the values of grounds that are themselves codes, and the phrases they are words of
CODED = {
    "role": "roles",
    "lacks": "lacking",
    "form": "forms",
    "trigger": "triggers",
    "status": "permit_statuses",
    "grade": "grades",
    "lack": "record",
}


def day(value: date, lang: str) -> str:
    """A day in words: `2 ноября 2026`, `2 November 2026`."""
    return f"{value.day} {MONTHS[lang][value.month - 1]} {value.year}"


@dataclass(frozen=True)
class Wording:
    """What an edition says in one language."""

    edition: Edition
    lang: str
    _said: dict[int, tuple[Ground, str]] = field(default_factory=dict, compare=False, repr=False)

    def phrase(self, group: str, key: str) -> str:
        """A phrase of the edition. Raises KeyError for one that it lacks."""
        return self._phrases[group][key]

    @cached_property
    def _phrases(self) -> dict[str, dict[str, str]]:
        return {group: {key: words.of(self.lang) for key, words in held.items()} for group, held in self.edition.phrases.items()}

    @cached_property
    def _levels(self) -> dict[str, dict[str, str]]:
        return {name: {level: words.of(self.lang) for level, words in fact.levels.items()} for name, fact in self.edition.facts.items()}

    def outcome(self, effect: Effect) -> str:
        """The outcome's name."""
        return self.phrase("outcomes", effect.name)

    def level(self, fact: str, level: str) -> str:
        """What it means that a fact stands at a level."""
        return self._levels[fact][level]

    def question(self, fact: str) -> str:
        """The question whose answer a missing fact waits for."""
        question = self.edition.facts[fact].question
        return question.of(self.lang) if question else self.edition.facts[fact].name.of(self.lang)

    def ground(self, ground: Ground) -> str:
        """One thing in the deal that a fact rests on."""
        known = self._said.get(id(ground))  # said several times in one answer: in the reasons and as a ground
        if known is not None and known[0] is ground:
            return known[1]
        if len(self._said) > MOST_REMEMBERED:
            self._said.clear()
        said = self._ground(ground)
        self._said[id(ground)] = (ground, said)
        return said

    def _ground(self, ground: Ground) -> str:
        values = dict(ground.values)
        lacking, other = UNSAID.get(ground.code, ("", ""))
        code = other if lacking and not values[lacking] else ground.code
        if code == "idle_rebuttal":
            values["why"] = self.phrase("idle", values["why"])
        for name, group in CODED.items():
            if values.get(name):
                values[name] = self.phrase(group, values[name])
        for name in ("date", "from", "until"):
            if values.get(name, "—") != "—":
                values[name] = day(date.fromisoformat(values[name]), self.lang)
        if values.get("country"):
            values["country"] = ", ".join(country_name(one, self.lang) for one in values["country"].split(", "))
        return self.phrase("grounds", code).format(**values)

    def fact(self, decision: Decision, fact: str, level: str) -> str:
        """A fact in words with what it rests on in brackets."""
        said = self.level(fact, level)
        grounds = decision.grounds.get(fact, ())
        return f"{said} ({'; '.join(self.ground(ground) for ground in grounds)})" if grounds else said

    def reason(self, decision: Decision, reason: Reason) -> str:
        """Why a rule fired, in one sentence."""
        named = {fact: level for fact, level in reason.because.items() if not self.edition.facts[fact].gate} or reason.because
        because = "; ".join(self._facts(decision, named))
        words = reason.rule.text.of(self.lang)
        permit = self.fact(decision, "permit", decision.facts["permit"]) if "{permit}" in words else ""
        return words.format(because=because, permit=permit)

    def _facts(self, decision: Decision, named: Mapping[str, str]) -> list[str]:
        """Facts in words; many indicators at one level are said together, by their numbers."""
        alike: dict[str, list[str]] = {}
        for fact, level in named.items():
            alike.setdefault(level if fact.startswith(INDICATOR) else fact, []).append(fact)
        said = []
        for level, facts in alike.items():
            if len(facts) > MOST_TITLES:
                said.append(self.phrase("indicator_levels_many", level).format(keys=self.keys(facts)))
            else:
                said += [self.fact(decision, fact, named[fact]) for fact in facts]
        return said

    def keys(self, facts: Iterable[str]) -> str:
        """The numbers of indicators, by their facts."""
        return ", ".join(fact.removeprefix(INDICATOR) for fact in facts)

    def duties(self, decision: Decision) -> list[tuple[str, str, tuple[str, ...]]]:
        """The duties: stage, words and clauses of each, in the order of the stages."""
        return [(duty.when, duty.text.of(self.lang), duty.clauses) for duty in (self.edition.duties[name] for name in decision.duties)]

    def step(self, step: Step, decision: Decision) -> str:
        """One thing to do, in words."""
        fact = self.edition.facts[step.fact]
        values = {"name": fact.name.of(self.lang), "word": f"`{fact.check}`"}
        code = step.do
        if step.fact.startswith(INDICATOR):
            values |= {"key": step.fact.removeprefix(INDICATOR), "title": values["name"]}
        elif code == "answer":
            values |= {"level": self.level(step.fact, step.level), "question": self.question(step.fact)}
            if step.level != next(iter(self.edition.facts[step.fact].levels)):
                code = "answer_either"
        elif code == "record":
            values["lacks"] = ", ".join(self.phrase("record", lack) for lack in step.details)
            code = "record" if step.details else "record_kept"
        elif code in ("permit", "later_permit"):
            values["triggers"] = ", ".join(self.phrase("triggers", trigger) for trigger in step.details)
            code = code if step.details else f"{code}_plain"
        said = self.phrase("steps", code).format(**values)
        if step.first:
            said += self.phrase("steps", "first").format(lacks=", ".join(self.phrase("record", lack) for lack in step.first))
        return said

    def stuck(self, decision: Decision, clearing: Clearing) -> list[tuple[str, tuple[str, ...], str]]:
        """Why nothing releases a deal: rule, clauses and words of each reason that no step reaches, strictest first."""
        found = [top.rule for top in decision.reasons if top.rule.id in clearing.stuck]
        if not found:  # every stuck rule is folded into one that a step would lift
            found = [reason.rule for top in decision.reasons for reason in top.all if reason.rule.id in clearing.stuck]
        return [(rule.id, rule.clauses, self.phrase("stuck", self._stuck_code(decision, rule.id))) for rule in found]

    def _stuck_code(self, decision: Decision, rule: str) -> str:
        because = next(reason.because for top in decision.reasons for reason in top.all if reason.rule.id == rule)
        if decision.facts["permit"] == "denied" and "permit" in because:
            return "denied"
        evidence = {level for fact, level in because.items() if fact.endswith("_evidence")}
        if evidence:
            return "confirmed" if "confirmed" in evidence else "evidence"
        return "statutory" if {"listed", "military_design"} & set(because) else "other"
