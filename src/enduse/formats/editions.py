"""The files of an edition and of an organisation's act, strictly checked, to the edition that decides.

An act (1.7) comes in the edition's own form: added rules, indicators, checks and thresholds; it may also replace or drop a
rule, which `proof` then has to find no looser.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from enduse.domain.edition import INDICATOR_LEVELS, INDICATOR_OPEN, Act, Clause, Duty, Edition, Fact, Indicator, Reading, Term
from enduse.domain.rules import All, Chain, Effect, Guard, Rule, Table, Words, fingerprint
from enduse.formats.edition_shape import FILES, ActShape, CheckShape, IndicatorShape, ReadingShape, RuleShape, Source
from enduse.formats.guards import Vocabulary, parse_guard
from enduse.formats.plain import Document
from enduse.formats.problems import BadInput, Problem, nearest
from enduse.formats.schema import WordsShape, place
from enduse.reference import reference_fingerprint


def edition_of(source: Source, act: ActShape | None = None, *, act_file: str = "", act_document: Document | None = None) -> Edition:
    """The edition that the files say, with an act applied where there is one.

    Raises BadInput with every problem of sense: a level, fact, clause, duty or reading that does not exist, a rule
    without clause, a question that lacks, words whose places for values differ. Whether an act is looser is not asked here.
    """
    return _Builder(source, act, act_file, act_document or Document(None)).edition()


class _Builder:
    """Joins the shapes to an edition and gathers what does not fit."""

    def __init__(self, source: Source, act: ActShape | None, act_file: str, act_document: Document) -> None:
        self.source, self.act = source, act
        self.documents = {**source.documents, act_file: act_document} if act else dict(source.documents)
        self.act_file = act_file
        self.problems: list[Problem] = []
        self.clauses = {clause.clause for clause in source.clauses}
        self.duties = {duty.duty for duty in source.duties}

    def bad(self, file: str, path: tuple[str | int, ...], code: str, **values: object) -> None:
        self.problems.append(place(Problem(code, path, values=values), self.documents[file], file))

    def edition(self) -> Edition:
        source, act = self.source, self.act
        self._ids()
        facts = self._facts()
        rules = self._rules(facts)
        self._words()
        if not any(rule.when == All() and rule.since is None and rule.until is None for rule in rules):
            file, path = self._floor_gone()
            self.bad(file, path, "edition.floor")
        if self.problems:
            raise BadInput(*self.problems)
        table = Table(tuple(Chain(fact.fact, tuple(fact.levels)) for fact in facts.values()), tuple(rules))
        return Edition(
            id=source.edition.edition,
            dated=source.edition.dated,
            title=_words(source.edition.title),
            note=_words(source.edition.note),
            table=table,
            facts=facts,
            indicators={one.number: _indicator(one) for one in self._indicators()},
            duties={one.duty: Duty(one.duty, one.when, tuple(one.clauses), _words(one.text)) for one in source.duties},
            clauses={one.clause: Clause(one.clause, _words(one.title), _words(one.text), _words(one.here)) for one in source.clauses},
            terms={one.term: Term(one.term, one.clause, _words(one.name), _words(one.text)) for one in source.terms},
            readings=tuple(_reading(one) for one in source.readings),
            phrases={group: {key: _words(words) for key, words in held.items()} for group, held in source.phrases.items()},
            reference_data=reference_fingerprint(),
            act=None if act is None else Act(act.act, _words(act.title), act.dated, fingerprint(self.documents[self.act_file].data)),
            thresholds=self._thresholds(),
            fingerprint=fingerprint({name: source.documents[name].data for name in FILES}),
        )

    def _floor_gone(self) -> tuple[str, tuple[str | int, ...]]:
        """Where the rule that always fires was lost: where an act drops or replaces it, else in the edition's rules."""
        floors = [rule.rule for rule in self.source.rules.rules if rule.when == "always"]
        for at, dropped in enumerate(self.act.drop if self.act else ()):
            if dropped in floors:
                return self.act_file, ("drop", at)
        for at, rule in enumerate(self.act.rules if self.act else ()):
            if rule.replaces in floors:
                return self.act_file, ("rules", at)
        return "rules.yaml", ("rules",)

    def _indicators(self) -> list[IndicatorShape]:
        return [*self.source.indicators, *(self.act.indicators if self.act else ())]

    def _thresholds(self) -> dict[str, str]:
        return {**self.source.rules.thresholds, **(self.act.thresholds if self.act else {})}

    def _ids(self) -> None:
        """Names that repeat, indicators that are not 1 to 22, things named that are not there."""
        source, act = self.source, self.act
        lists: list[tuple[str, tuple[str | int, ...], list[str]]] = [
            ("facts.yaml", (), [one.fact for one in source.facts]),
            ("rules.yaml", ("rules",), [one.rule for one in source.rules.rules]),
            ("indicators.yaml", (), [one.number for one in source.indicators]),
            ("duties.yaml", (), [one.duty for one in source.duties]),
            ("clauses.yaml", (), [one.clause for one in source.clauses]),
            ("terms.yaml", (), [one.term for one in source.terms]),
            ("readings.yaml", (), [one.reading for one in source.readings]),
        ]
        for file, path, ids in lists:
            for at, one in enumerate(ids):
                if one in ids[:at]:
                    self.bad(file, (*path, at), "edition.repeated", id=one)
        numbers = [one.number for one in source.indicators]
        if numbers != [str(number) for number in range(1, 23)]:
            self.bad("indicators.yaml", (), "edition.numbers", numbers=tuple(numbers))
        named: dict[str, list[list[str]]] = {
            "terms.yaml": [[one.clause] for one in source.terms],
            "readings.yaml": [one.clauses for one in source.readings],
            "duties.yaml": [one.clauses for one in source.duties],
        }
        for file, kinds in named.items():
            for at, clauses in enumerate(kinds):
                self._named(file, (at,), clauses, str(at + 1))
        if act is not None:
            self._act_ids(act)

    def _act_ids(self, act: ActShape) -> None:
        base = self.source.edition.edition
        if act.edition != base:
            self.bad(self.act_file, ("edition",), "act.base", edition=act.edition, held=base)
        rules = [one.rule for one in self.source.rules.rules]
        for at, rule in enumerate(act.rules):
            if rule.replaces is not None and rule.replaces not in rules:
                self.bad(self.act_file, ("rules", at, "replaces"), "act.rule_absent", id=rule.replaces, near=nearest(rule.replaces, rules))
            if rule.rule in rules and rule.replaces != rule.rule:
                self.bad(self.act_file, ("rules", at, "rule"), "act.rule_taken", id=rule.rule)
            if rule.rule in [other.rule for other in act.rules[:at]]:
                self.bad(self.act_file, ("rules", at, "rule"), "edition.repeated", id=rule.rule)
        for at, dropped in enumerate(act.drop):
            if dropped not in rules:
                self.bad(self.act_file, ("drop", at), "act.rule_absent", id=dropped, near=nearest(dropped, rules))
        for name in act.thresholds:
            if name not in self.source.rules.thresholds:
                self.bad(self.act_file, ("thresholds", name), "act.threshold", id=name, known=tuple(self.source.rules.thresholds))
        for at, one in enumerate(act.indicators):
            if one.number in [other.number for other in self._indicators()[: len(self.source.indicators) + at]]:
                self.bad(self.act_file, ("indicators", at, "number"), "act.taken", id=one.number)
        taken = [fact.fact for fact in self.source.facts]
        for at, added in enumerate(act.checks):
            if added.check.startswith("indicator_") or f"{added.check}_check" in [*taken, *(f"{other.check}_check" for other in act.checks[:at])]:
                self.bad(self.act_file, ("checks", at, "check"), "act.taken", id=added.check)
            if f"{added.check}-check-not-done" in [*rules, *(rule.rule for rule in act.rules)]:
                self.bad(self.act_file, ("checks", at, "check"), "act.taken", id=f"{added.check}-check-not-done")
            self._named(self.act_file, ("checks", at), added.clauses, added.check)

    def _named(self, file: str, path: tuple[str | int, ...], clauses: Iterable[str], id: str) -> None:
        """Clauses are named, and exist."""
        clauses = list(clauses)
        if not clauses:
            self.bad(file, path, "edition.no_clause", id=id)
        for clause in clauses:
            if clause not in self.clauses:
                self.bad(file, (*path, "clauses"), "edition.absent", id=clause, near=nearest(clause, self.clauses))

    def _facts(self) -> dict[str, Fact]:
        """The facts of facts.yaml, of every indicator, and of the checks that an act adds."""
        facts: dict[str, Fact] = {}
        permit_last: dict[str, Fact] = {}
        for at, one in enumerate(self.source.facts):
            self._named("facts.yaml", (at,), one.clauses, one.fact)
            for level in one.open:
                if level not in one.levels:
                    self.bad("facts.yaml", (at, "open"), "guard.level", fact=one.fact, level=level, known=tuple(one.levels))
            if one.open and one.question is None:
                self.bad("facts.yaml", (at,), "edition.question", id=one.fact)
            fact = Fact(
                one.fact,
                tuple(one.clauses),
                one.stage,
                _words(one.name),
                {level: _words(words) for level, words in one.levels.items()},
                frozenset(one.open),
                one.gate == "yes",
                one.check,
                tuple(one.reveals),
                _words(one.question) if one.question else None,
            )
            (permit_last if one.fact in ("risk", "choice", "permit", "clauses", "record") else facts)[one.fact] = fact
        for at, one in enumerate(self.source.facts):
            for named in one.reveals:
                if named not in facts and named not in permit_last:
                    self.bad("facts.yaml", (at, "reveals"), "edition.absent", id=named, near=nearest(named, facts))
        for added in self.act.checks if self.act else ():
            facts[f"{added.check}_check"] = _added_check(added)
        levels = self.source.phrases.get("indicator_levels", {})
        for level in INDICATOR_LEVELS:
            if level in levels:
                self._places("phrases.yaml", ("indicator_levels", level), levels[level], {"key", "title"})
            else:
                self.bad("phrases.yaml", ("indicator_levels",), "edition.absent", id=f"indicator_levels.{level}")
        for indicator in self._indicators():
            facts[f"indicator_{indicator.number}"] = _indicator_fact(indicator, levels)
        return {**facts, **permit_last}

    def _rules(self, facts: Mapping[str, Fact]) -> list[Rule]:
        levels = {name: tuple(fact.levels) for name, fact in facts.items()}
        vocabulary = Vocabulary(levels, {}, self._thresholds(), {})
        applicable: dict[str, Guard | None] = {}
        for at, one in enumerate(self._indicators()):
            file, path = self._home(at, len(self.source.indicators), "indicators.yaml", (), ("indicators",))
            applicable[f"indicator_{one.number}"] = self._guard(one.applies, vocabulary, file, (*path, "applies")) if one.applies else None
        definitions: dict[str, Guard] = {}
        for name, text in self.source.rules.define.items():
            vocabulary = Vocabulary(levels, dict(definitions), self._thresholds(), applicable)
            if guard := self._guard(text, vocabulary, "rules.yaml", ("define", name)):
                definitions[name] = guard
        vocabulary = Vocabulary(levels, definitions, self._thresholds(), applicable)
        act = self.act
        gone = {*act.drop, *(rule.replaces for rule in act.rules if rule.replaces)} if act else set()
        found = [self._rule(one, vocabulary, "rules.yaml", ("rules", at)) for at, one in enumerate(self.source.rules.rules) if one.rule not in gone]
        if act:
            found += [self._rule(one, vocabulary, self.act_file, ("rules", at), act.act) for at, one in enumerate(act.rules)]
            found += [_check_rule(one, vocabulary, act.act) for one in act.checks]
        return [rule for rule in found if rule is not None]

    def _home(
        self, at: int, base: int, file: str, base_path: tuple[str | int, ...], act_path: tuple[str | int, ...]
    ) -> tuple[str, tuple[str | int, ...]]:
        """Where the `at`-th of a list stands that begins with the edition's and goes on with the act's."""
        return (file, (*base_path, at)) if at < base else (self.act_file, (*act_path, at - base))

    def _guard(self, text: str, vocabulary: Vocabulary, file: str, path: tuple[str | int, ...]) -> Guard | None:
        try:
            return parse_guard(text, vocabulary)
        except BadInput as error:
            for problem in error.problems:
                where, place = self._blamed(problem, text, file, path)
                self.bad(where, place, problem.code, **problem.values)
            return None

    def _blamed(self, problem: Problem, text: str, file: str, path: tuple[str | int, ...]) -> tuple[str, tuple[str | int, ...]]:
        """Where a bad condition is to be put right: where it stands, or in the act's threshold that spoilt it."""
        for name, level in self.act.thresholds.items() if self.act else ():
            if re.search(rf"\b{re.escape(name)}\b", text) and problem.values.get("level") in (name, level):
                return self.act_file, ("thresholds", name)
        return file, path

    def _rule(self, one: RuleShape, vocabulary: Vocabulary, file: str, path: tuple[str | int, ...], source: str = "") -> Rule | None:
        self._named(file, path, one.clauses, one.rule)
        for duty in one.duties:
            if duty not in self.duties:
                self.bad(file, (*path, "duties"), "edition.absent", id=duty, near=nearest(duty, self.duties))
        if one.since and one.until and one.until < one.since:
            self.bad(file, (*path, "until"), "edition.dates", id=one.rule)
        self._places(file, (*path, "text"), one.text, {"because", "permit"})
        guard = self._guard(one.when, vocabulary, file, (*path, "when"))
        if guard is None:
            return None
        # a rule without end says so: the day after the last there is could not be looked at
        since, until = None if one.since == date.min else one.since, None if one.until == date.max else one.until
        return Rule(one.rule, Effect[one.effect], guard, tuple(one.clauses), one.basis, _words(one.text), tuple(one.duties), since, until, source)

    def _words(self) -> None:
        """Phrases have the same places for values in both languages."""
        for group, held in self.source.phrases.items():
            for key, words in held.items():
                self._places("phrases.yaml", (group, key), words, None)

    def _places(self, file: str, path: tuple[str | int, ...], words: WordsShape, known: set[str] | None) -> None:
        """The same places for values in both languages, each a plain name, one of those known where they are."""
        ru, en = set(_placeholders(words.ru)), set(_placeholders(words.en))
        if ru != en:
            self.bad(file, path, "edition.unequal")
        for name in sorted(ru | en):
            if not name.isidentifier() or (known is not None and name not in known):
                self.bad(file, path, "edition.placeholder", name=name, known=tuple(sorted(known or ())))


def _placeholders(text: str) -> Iterator[str]:
    """What stands in braces in a text; a brace that has no other gives a place without a name."""
    try:
        for _, name, form, conversion in string.Formatter().parse(text):
            if name is not None:
                yield name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "")
    except ValueError:
        yield ""


def _words(words: WordsShape) -> Words:
    return Words(words.ru, words.en)


def _reading(one: ReadingShape) -> Reading:
    texts = (_words(words) for words in (one.unclear, one.taken, one.why, one.may_change))
    return Reading(one.reading, one.number, tuple(one.clauses), *texts)


def _indicator(one: IndicatorShape) -> Indicator:
    title, text, condition, question, guidance, evidence = (
        _words(words) for words in (one.title, one.text, one.condition, one.question, one.guidance, one.evidence)
    )
    return Indicator(
        one.number, tuple(one.concerns), one.answered, title, text, condition, question, guidance, evidence, tuple(one.feeds), one.applies
    )


def _indicator_fact(one: IndicatorShape, levels: Mapping[str, WordsShape]) -> Fact:
    """The fact of an indicator; its levels' words are made of the phrases and its title."""
    named: dict[str, Words] = {}
    for level in INDICATOR_LEVELS:  # filled in by hand: words that are no good are told by `_facts`
        ru, en = (levels[level].ru, levels[level].en) if level in levels else ("", "")
        named[level] = Words(*(_filled(text, one.number, title) for text, title in ((ru, one.title.ru), (en, one.title.en))))
    return Fact(f"indicator_{one.number}", ("5.1",), "indicators", _words(one.title), named, INDICATOR_OPEN, question=_words(one.question))


def _filled(text: str, key: str, title: str) -> str:
    return text.replace("{key}", key).replace("{title}", title)


def _added_check(one: CheckShape) -> Fact:
    levels = {"done": _words(one.done), "not_done": _words(one.not_done)}
    return Fact(
        f"{one.check}_check",
        tuple(one.clauses),
        "evidence",
        _words(one.name),
        levels,
        frozenset({"not_done"}),
        check=one.check,
        question=_words(one.question),
    )


def _check_rule(one: CheckShape, vocabulary: Vocabulary, act: str) -> Rule:
    """An added check is demanded of every export, as the edition's own are."""
    guard = parse_guard(f"export and {one.check}_check >= not_done", vocabulary)
    words = Words("Не сделана проверка по собственному акту: {because}.", "A check of the own act is not done: {because}.")
    return Rule(f"{one.check}-check-not-done", Effect.incomplete, guard, tuple(one.clauses), "policy", words, source=act)
