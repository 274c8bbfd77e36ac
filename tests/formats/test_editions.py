"""Acts of an organisation in the edition's form: what they may say, what is refused at its line, and what they change."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from enduse.domain.edition import Edition
from enduse.domain.rules import Atom, Effect, guard_text
from enduse.formats.edition_shape import act_of, source_of
from enduse.formats.editions import edition_of
from enduse.formats.plain import read_yaml
from enduse.formats.problems import BadInput
from enduse.stores.editions import load_edition, load_source

HEAD = "format: enduse/act-1\nact: ROBOTA-1\ntitle: {ru: Акт, en: Act}\ndated: 2026-11-01\nedition: 2026-1\n"
WORDS = "{ru: а, en: b}"
RULE = f'rules:\n- rule: own\n  effect: hold\n  when: export\n  clauses: ["1.7"]\n  text: {WORDS}\n'
CHECK = f'checks:\n- check: council\n  clauses: ["1.7"]\n  name: {WORDS}\n  done: {WORDS}\n  not_done: {WORDS}\n  question: {WORDS}\n'
INDICATOR = (
    "indicators:\n- number: R1\n  concerns: [counterparty]\n  answered: asked\n  feeds: []\n"
    + "".join(f"  {key}: {WORDS}\n" for key in ("text", "condition", "question", "guidance", "evidence"))
    + "  title: {ru: Признак, en: Sign}\n"
)


def with_act(text: str) -> Edition:
    document = read_yaml(HEAD + text)
    return edition_of(load_source(), act_of(document, file="act.yaml"), act_file="act.yaml", act_document=document)


def told(text: str) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as caught:
        with_act(text)
    for problem in caught.value.problems:
        assert (
            not re.search(r"\{[a-z_]+\}", problem.text("ru").replace("{because}", "").replace("{permit}", ""))
            or problem.code == "edition.placeholder"
        )
    return [(problem.where, problem.code) for problem in caught.value.problems]


def marked(text: str) -> list[tuple[str, str]]:
    lines = (HEAD + text).splitlines()
    return [(f"act.yaml:{number}", code) for number, line in enumerate(lines, 1) if "#!" in line for code in line.split("#!")[1].split()]


def test_an_act_that_says_nothing_changes_nothing_but_its_name() -> None:
    held, base = with_act(""), load_edition()
    assert held.table.fingerprint == base.table.fingerprint
    assert held.act is not None
    assert (held.act.act, held.act.dated) == ("ROBOTA-1", date(2026, 11, 1))
    assert re.fullmatch("sha256:[0-9a-f]{64}", held.act.fingerprint)
    assert base.act is None


def test_an_act_is_known_by_all_it_says() -> None:
    prints = {act.fingerprint for text in ("", RULE, CHECK, INDICATOR, "drop: [oral-notice]\n") if (act := with_act(text).act)}
    assert len(prints) == 5


def test_a_rule_is_added_with_its_source() -> None:
    rule = with_act(RULE).table.rules[-1]
    assert (rule.id, rule.effect, guard_text(rule.when), rule.basis, rule.source) == (
        "own",
        Effect.hold,
        "foreign >= yes and modifiable >= yes",
        "policy",
        "ROBOTA-1",
    )


def test_a_rule_is_replaced_and_another_dropped() -> None:
    held = with_act(RULE.replace("effect: hold", "effect: hold\n  replaces: oral-notice") + "drop: [written-notice]\n")
    ids = [rule.id for rule in held.table.rules]
    assert "oral-notice" not in ids and "written-notice" not in ids and "own" in ids


def test_a_rule_may_replace_one_under_its_name() -> None:
    held = with_act(RULE.replace("rule: own", "rule: oral-notice\n  replaces: oral-notice"))
    assert [rule.source for rule in held.table.rules if rule.id == "oral-notice"] == ["ROBOTA-1"]


def test_a_rule_has_its_days() -> None:
    rule = with_act(RULE + "  from: 2027-01-01\n  until: 2027-12-31\n").table.rules[-1]
    assert (rule.since, rule.until) == (date(2027, 1, 1), date(2027, 12, 31))


def test_a_day_without_end_is_no_end() -> None:
    rule = with_act(RULE + "  from: 0001-01-01\n  until: 9999-12-31\n").table.rules[-1]
    assert (rule.since, rule.until) == (None, None)


def test_a_check_is_a_fact_a_word_and_a_rule() -> None:
    held = with_act(CHECK)
    assert held.checks["council"] == "council_check"
    assert held.facts["council_check"].question is not None
    assert held.table.rules[-1].id == "council-check-not-done"
    assert held.table.rules[-1].effect == Effect.incomplete


@pytest.mark.parametrize("number", ["23", "99", "R1", "ABCDEFGH"])
def test_an_indicator_is_a_fact_and_counts_among_any(number: str) -> None:
    held = with_act(INDICATOR.replace("R1", number))
    assert list(held.indicators)[-1] == number
    fact = held.facts[f"indicator_{number}"]
    assert "Sign" in fact.levels["present"].en and number in fact.levels["present"].en and "Признак" in fact.levels["absent"].ru
    rule = next(rule for rule in held.table.rules if rule.id == "indicator-present")
    assert f"indicator_{number} >= present" in guard_text(rule.when)


def test_braces_in_an_indicators_title_are_only_words() -> None:
    held = with_act(INDICATOR.replace("en: Sign", 'en: "Sign {key} {0} {"'))
    assert "Sign {key} {0} {" in held.facts["indicator_R1"].levels["present"].en


def test_an_indicator_applies_where_it_says() -> None:
    held = with_act(INDICATOR + "  applies: hardware >= yes\n")
    assert "(hardware >= yes and indicator_R1 >= present)" in guard_text(
        next(rule.when for rule in held.table.rules if rule.id == "indicator-present")
    )


def test_a_lower_threshold_reaches_every_rule_that_names_it() -> None:
    def atoms(edition: Edition) -> str:
        return guard_text(next(rule.when for rule in edition.table.rules if rule.id == "feared-use"))

    assert "wmd_evidence >= concern" in atoms(load_edition())
    assert "wmd_evidence >= alleged" in atoms(with_act("thresholds: {fear: alleged}\n"))
    assert with_act("thresholds: {fear: alleged}\n").thresholds == {"suspicion": "alleged", "fear": "alleged", "knowledge": "confirmed"}


BAD = {
    "an unknown key": "colour: red #! key.unknown\n",
    "an unknown effect": RULE.replace("effect: hold", "effect: pause #! word.unknown"),
    "a rule of the text": RULE.replace("effect: hold", "effect: hold\n  basis: text #! word.unknown"),
    "a rule without clause": RULE.replace('  clauses: ["1.7"]\n', "").replace("- rule: own", "- rule: own #! key.missing"),
    "a rule with no clauses": RULE.replace('["1.7"]', "[]").replace("- rule: own", "- rule: own #! edition.no_clause"),
    "a clause that does not exist": RULE.replace('["1.7"]', '["1.7", "1.8"] #! edition.absent'),
    "a duty that does not exist": RULE + "  duties: [drink-tea] #! edition.absent\n",
    "an unknown fact": RULE.replace("when: export", "when: export and weather >= bad #! guard.fact"),
    "an unknown level": RULE.replace("when: export", "when: risk >= high #! guard.level"),
    "a level that always holds": RULE.replace("when: export", "when: risk >= none #! guard.mildest"),
    "a condition that is none": RULE.replace("when: export", "when: risk is identified #! guard.word"),
    "a word that means nothing in the words": RULE.replace(WORDS, '{ru: "{x}", en: "{x}"} #! edition.placeholder'),
    "a brace that does not close": RULE.replace(WORDS, '{ru: "{", en: "{"} #! edition.placeholder'),
    "a place with a conversion": RULE.replace(WORDS, '{ru: "{because!z}", en: "{because!z}"} #! edition.placeholder'),
    "a place with a form": RULE.replace(WORDS, '{ru: "{permit:>9}", en: "{permit:>9}"} #! edition.placeholder'),
    "a place by number": RULE.replace(WORDS, '{ru: "{0}{}", en: "{0}{}"} #! edition.placeholder edition.placeholder'),
    "a place in one language": RULE.replace(WORDS, '{ru: "{because}", en: b} #! edition.unequal'),
    "words in one language": RULE.replace(WORDS, "{ru: а} #! key.missing"),
    "a rule that ends before it begins": RULE + "  from: 2027-01-01\n  until: 2026-01-01 #! edition.dates\n",
    "a rule taken": RULE.replace("rule: own", "rule: oral-notice #! act.rule_taken"),
    "two rules of one name": RULE + RULE.removeprefix("rules:\n").replace("rule: own", "rule: own #! edition.repeated"),
    "a rule replaced that is not there": RULE + "  replaces: oral-notise #! act.rule_absent\n",
    "a rule dropped that is not there": "drop:\n- oral-notice\n- oral-notise #! act.rule_absent\n",
    "the floor dropped": "drop:\n- oral-notice\n- floor #! edition.floor\n",
    "the floor replaced": RULE.replace("- rule: own", "- rule: own #! edition.floor") + "  replaces: floor\n",
    "the floor for a while": RULE.replace("- rule: own", "- rule: own #! edition.floor").replace("export", "always")
    + "  replaces: floor\n  until: 2030-01-01\n",
    "a threshold that does not exist": "thresholds:\n  fear: alleged\n  terror: alleged #! act.threshold\n",
    "a check taken": CHECK.replace("check: council", "check: wmd #! act.taken"),
    "two checks of one name": CHECK + CHECK.removeprefix("checks:\n").replace("check: council", "check: council #! act.taken"),
    "a check whose rule is taken": CHECK.replace("check: council", "check: council #! act.taken") + RULE.replace("own", "council-check-not-done"),
    "a check that is no word": CHECK.replace("check: council", "check: Export council #! value.other"),
    "a check without clause": CHECK.replace('["1.7"]', "[]").replace("- check: council", "- check: council #! edition.no_clause"),
    "an indicator taken": INDICATOR.replace("number: R1", "number: 22 #! act.taken"),
    "two indicators of one number": INDICATOR + INDICATOR.removeprefix("indicators:\n").replace("number: R1", "number: R1 #! act.taken"),
    "an indicator that is no number": INDICATOR.replace("number: R1", "number: r-1 #! value.other"),
    "an indicator without question": INDICATOR.replace(f"  question: {WORDS}\n", "").replace("- number: R1", "- number: R1 #! key.missing"),
    "an indicator that applies to nothing": INDICATOR + "  applies: software >= yes #! guard.fact\n",
}


@pytest.mark.parametrize("name", BAD)
def test_an_act_is_refused_with_its_line(name: str) -> None:
    assert sorted(told(BAD[name])) == sorted(marked(BAD[name]))


def test_an_act_of_another_format_or_edition_is_refused() -> None:
    for was, becomes, code in (("enduse/act-1", "enduse/deal-1", "word.unknown"), ("edition: 2026-1", "edition: 2025-1", "act.base")):
        document = read_yaml(HEAD.replace(was, becomes))
        with pytest.raises(BadInput) as caught:
            edition_of(load_source(), act_of(document, file="act.yaml"), act_file="act.yaml", act_document=document)
        assert [problem.code for problem in caught.value.problems] == [code]


@pytest.mark.parametrize(("level", "code"), [("bogus", "guard.level"), ("none", "guard.mildest"), ("yes", "guard.level")])
def test_a_threshold_at_no_level_is_told_in_the_act_and_not_in_the_edition(level: str, code: str) -> None:
    found = told(f"thresholds:\n  suspicion: alleged\n  fear: {level}\n")
    assert {where for where, _ in found} == {"act.yaml:8"}
    assert {one for _, one in found} == {code}


def test_a_mapping_is_needed() -> None:
    for text in ("- a\n", "word\n", ""):
        with pytest.raises(BadInput) as caught:
            act_of(read_yaml(text), file="act.yaml")
        assert caught.value.problems[0].where == "act.yaml:1" or text == ""


def test_everything_wrong_in_an_act_is_told_at_once() -> None:
    text = 'rules:\n- {rule: x, effect: hold, when: weather >= bad, clauses: ["9.9"], text: {ru: а, en: b}} #! guard.fact edition.absent\n'
    text += "drop: [nothing] #! act.rule_absent\nthresholds: {terror: alleged} #! act.threshold\n"
    assert sorted(told(text)) == sorted(marked(text))


def test_an_edition_is_built_of_its_files_alone() -> None:
    source = load_source()
    again: Any = edition_of(source_of(source.documents))
    assert again.fingerprint == load_edition().fingerprint
    assert Atom("foreign", "yes") in again.table.space.atoms
