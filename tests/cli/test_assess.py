"""`enduse assess`: every input answered, the worst exit code of all, and a bad deal never stops the others."""

from __future__ import annotations

import contextlib
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enduse.cli import assess as module
from enduse.cli.main import run
from enduse.domain.decision import decide
from tests.builders import PERMIT, file_with
from tests.commands import EVIDENCE, STOPPED, Enduse, deal_file

PUBLISHED = ["reference", "at", "outcome", "released", "clauses", "reasons", "facts", "duties", "missing", "clear_by", "edition", "table", "act"]
PUBLISHED += ["reference_data", "engine", "lang", "fingerprint"]
HEAD = "format: enduse/deal-1\nreference: D-9\n"


def bad_inputs(folder: Path) -> dict[str, tuple[str, int]]:
    """Files that are no deal, written into a folder: what is said of each, and its line."""
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))
    cases: dict[str, tuple[str | bytes, str, int]] = {
        "unknown-key.yaml": (HEAD + "colour: red\n", "no key `colour`", 3),
        "role.yaml": (HEAD + "parties:\n- {role: boss}\n", "`boss` is not one of the words", 4),
        "level.yaml": (HEAD + "evidence:\n- {id: e1,\n   purpose: wmd, grade: rumour}\n", "`rumour` is not one of the words", 5),
        "country.yaml": (HEAD + "parties:\n- role: payer\n  country: UK\n", "`UK` is not an ISO 3166-1 country code", 5),
        "day.yaml": (HEAD + "date: 2026-02-30\n", "`2026-02-30` is not a date", 3),
        "permit.yaml": (HEAD + "permit:\n  valid_from: 2026-02-02\n  valid_until: 2026-02-01\n", "before it begins", 5),
        "ids.yaml": (HEAD + "evidence:\n- {id: e, purpose: wmd, grade: alleged}\n- {id: e, purpose: wmd, grade: alleged}\n", "have the id `e`", 5),
        "rebuts.yaml": (HEAD + "evidence:\n- {id: e, purpose: wmd, grade: clearing, rebuts: f}\n", "no such evidence item", 4),
        "indicator.yaml": (HEAD + "indicators:\n  23: absent\n", "no indicator `23`", 4),
        "explained.yaml": (HEAD + "indicators: {9: explained}\n", "needs a reason and a name", 3),
        "broken.yaml": (HEAD + "a: [\n", "does not parse", 3),
        "repeated.yaml": (HEAD + "reference: D-8\n", "is repeated", 3),
        "repeated.json": ('{"format": "enduse/deal-1",\n"reference": "a",\n"reference": "b"}', "is repeated", 3),
        "bomb.yaml": (bomb, "more than 100000 values", 5),
        "itself.yaml": (HEAD + "parties: &x\n- *x\n", "points to nothing, or to itself", 4),
        "deep.yaml": ("[" * 100_000, "nested more than 40 levels", 1),
        "deep.json": ("[" * 100_000, "nested more than 40 levels", 1),
        "rubbish.yaml": (bytes(range(256)), "not text (byte 0x00)", 1),
        "null.json": (b'{"format": "enduse/deal-1", "reference": "a\x00"}', "not text (byte 0x00)", 1),
        "empty.yaml": (b"", "the file is empty", 1),
        "empty.jsonl": (b"", "the file is empty", 1),
        "comments.yaml": ("# only\n# words\n", "a deal is keys with values", 1),
        "bom.yaml": (b"\xef\xbb\xbf" + HEAD.encode(), "byte order mark", 1),
        "utf16.yaml": (HEAD.encode("utf-16"), "byte order mark", 1),
        "cp1251.yaml": (HEAD.encode() + "title: Сделка с компанией\n".encode("cp1251"), "looks like Windows-1251", 3),
        "koi8.yaml": (HEAD.encode() + "title: Сделка с компанией\n".encode("koi8-r"), "looks like KOI8-R", 3),
        "surrogate.json": ('{"format": "enduse/deal-1", "reference": "\\ud800"}', "U+D800", 1),
        "documents.yaml": (HEAD + "---\n" + HEAD, "more than one YAML document", 3),
        "tag.yaml": (HEAD + "title: !!python/object/apply:os.system [id]\n", "has no place here", 3),
        "merge.yaml": (HEAD + "<<: {risk: none}\n", "no key `<<`", 3),
        "list.yaml": ("- " + HEAD.replace("\n", "\n  "), "a deal is keys with values", 1),
        "format.yaml": ("format: enduse/deal-2\nreference: D\n", "`enduse/deal-2` is not one of the words", 1),
    }
    for name, (data, _, _) in cases.items():
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
    return {name: (said, line) for name, (_, said, line) in cases.items()}


def test_a_clean_deal_is_released(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("assess", deal_file(tmp_path))
    assert (ran.code, ran.err) == (0, "")
    assert "MAY PROCEED" in ran.out and "5.2, 5.3" in ran.out and "D-1" in ran.out


def test_a_stopped_deal_is_a_no_with_what_would_release_it(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("assess", deal_file(tmp_path, **STOPPED))
    assert (ran.code, ran.err) == (3, "")
    assert "HOLD" in ran.out and "trade press" in ran.out and "A permit of the Commission" in ran.out


def test_it_answers_in_russian(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("assess", deal_file(tmp_path, **STOPPED), "--lang", "ru")
    assert "ПРИОСТАНОВИТЬ" in ran.out and "Разрешение Комиссии" in ran.out
    assert not re.search("[A-Za-z]{4,} [a-z]{4,} [a-z]{4,}", re.sub("trade press|house rule", "", ran.out))


def test_an_answer_for_programs_is_a_line_with_every_published_key(enduse: Enduse, tmp_path: Path) -> None:
    answer = enduse("assess", "--json", deal_file(tmp_path, **STOPPED)).answer
    assert [key for key in answer if key in PUBLISHED] == PUBLISHED
    assert (answer["reference"], answer["at"], answer["outcome"], answer["released"]) == ("D-1", "2026-11-02", "hold", False)
    assert answer["clauses"] == ["4.2"]
    assert (answer["act"], answer["edition"], answer["lang"]) == (None, "2026-1", "en")


def test_every_bad_input_is_told_with_its_line_and_the_others_are_decided(enduse: Enduse, tmp_path: Path) -> None:
    bad = bad_inputs(tmp_path)
    good = deal_file(tmp_path, "zz-good.yaml")
    ran = enduse("assess", "--json", *sorted(tmp_path / name for name in bad), good, tmp_path / "absent.yaml", tmp_path)
    assert ran.code == 2
    assert ran.answers[-3]["outcome"] == "proceed"
    told = {Path(answer["where"].rsplit(":", 1)[0]).name: answer for answer in ran.answers if "error" in answer}
    for name, (said, line) in bad.items():
        assert said in told[name]["error"], name
        assert told[name]["where"] == f"{tmp_path / name}:{line}", name
        assert set(told[name]) == {"reference", "error", "where", "errors"}
    assert "there is no file" in ran.answers[-2]["error"] and "is a folder" in ran.answers[-1]["error"]


def test_every_bad_input_is_told_to_people_in_both_languages(enduse: Enduse, tmp_path: Path) -> None:
    bad = bad_inputs(tmp_path)
    good = deal_file(tmp_path, "good.yaml")
    for lang, word in (("en", "Error"), ("ru", "Ошибка")):
        ran = enduse("assess", "--brief", good, *(tmp_path / name for name in bad), good, "--lang", lang)
        assert ran.code == 2
        assert len(re.findall("^(?:May proceed|Можно экспортировать)", ran.out, re.MULTILINE)) == 2
        for name, (_, line) in bad.items():
            assert f"{word}: {tmp_path / name}:{line}: " in ran.err, name
        assert "Traceback" not in ran.err
        assert not re.search(r"\{[a-z_]+\}", ran.err)


def test_all_errors_of_a_deal_are_told_at_once(enduse: Enduse, tmp_path: Path) -> None:
    path = tmp_path / "deal.yaml"
    path.write_text(HEAD + "risk: low\nfoo: 1\nparties:\n- {role: boss}\n")
    (answer,) = enduse("assess", "--json", path).answers
    assert [error["where"].rsplit(":", 1)[1] for error in answer["errors"]] == ["3", "4", "6"]
    assert (answer["reference"], answer["error"]) == ("D-9", answer["errors"][0]["error"])
    assert len(enduse("assess", path).err.splitlines()) == 3


def test_a_sparse_file_of_two_gigabytes_is_answered(enduse: Enduse, tmp_path: Path) -> None:
    for name in ("a.yaml", "a.json"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(2 * 1024**3)
        assert "larger than 2 MB" in enduse("assess", "--json", tmp_path / name).answer["error"]


@pytest.mark.parametrize(
    ("deals", "code"),
    [("y", 0), ("yy", 0), ("n", 3), ("yny", 3), ("b", 2), ("nb", 2), ("bn", 2), ("f", 1), ("bf", 1), ("fbny", 1), ("nf", 1)],
)
def test_the_exit_code_is_the_worst_of_all(enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, deals: str, code: int) -> None:
    deal_file(tmp_path, "y.yaml")
    deal_file(tmp_path, "n.yaml", **STOPPED)
    deal_file(tmp_path, "f.yaml", reference="FAULT")
    (tmp_path / "b.yaml").write_text("nothing")

    def faulty(deal: Any, *arguments: Any, **keywords: Any) -> Any:
        if deal.reference == "FAULT":
            raise ZeroDivisionError("at heart")
        return decide(deal, *arguments, **keywords)

    monkeypatch.setattr(module, "decide", faulty)
    ran = enduse("assess", "--json", *(tmp_path / f"{one}.yaml" for one in deals))
    assert ran.code == code
    assert len(ran.answers) == len(deals)
    if "f" in deals:
        fault = next(answer for answer in ran.answers if "ZeroDivisionError" in answer.get("error", ""))
        assert "Nothing was released" in fault["error"]
    assert "Traceback" not in ran.err


def test_a_jsonl_is_decided_line_by_line(enduse: Enduse, tmp_path: Path) -> None:
    lines = [json.dumps(file_with(reference="A")), "{", "", json.dumps(file_with(reference="B", risk="low")), json.dumps(file_with(reference="C"))]
    path = tmp_path / "deals.jsonl"
    path.write_text("\n".join(lines))
    ran = enduse("assess", "--json", path)
    assert [(answer["reference"], answer.get("where")) for answer in ran.answers] == [
        ("A", None),
        (None, f"{path}:2"),
        ("B", f"{path}:4"),
        ("C", None),
    ]
    assert ran.code == 2


def test_standard_input_is_read(enduse: Enduse, tmp_path: Path) -> None:
    text = deal_file(tmp_path).read_bytes()
    assert enduse("assess", "--json", "-", stdin=text).answer["outcome"] == "proceed"
    lines = "\n".join(json.dumps(file_with(reference=name)) for name in "ABC")
    assert [answer["reference"] for answer in enduse("assess", "--json", "-", stdin=lines).answers] == ["A", "B", "C"]
    bad = enduse("assess", "--json", "-", stdin=HEAD + "risk: low\n")
    assert (bad.code, bad.answer["where"]) == (2, "-:3")
    assert enduse("assess", "-", stdin=b"").code == 2


def test_yaml_json_and_jsonl_of_one_deal_are_one_decision(enduse: Enduse, tmp_path: Path) -> None:
    change = {"permit": PERMIT, "evidence": EVIDENCE, "solution": {"version": "3.10"}}
    files = [deal_file(tmp_path, f"deal.{kind}", **change) for kind in ("yaml", "json", "jsonl")]
    answers = enduse("assess", "--json", *files).answers
    assert answers[0] == answers[1] == answers[2]


def test_a_deal_without_a_day_is_decided_for_today_in_moscow(enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "today", lambda: date(2027, 1, 1))
    answer = enduse("assess", "--json", deal_file(tmp_path, date=None)).answer
    assert answer["at"] == "2027-01-01"


def test_one_line_a_deal_and_a_count(enduse: Enduse, tmp_path: Path) -> None:
    deals = [deal_file(tmp_path, f"{n}.yaml", reference=f"D-{n}", title="Сделка", **(STOPPED if n % 2 else {})) for n in range(3)]
    lines = enduse("assess", "--brief", *deals).out.splitlines()
    assert [line.split()[0] for line in lines[:3]] == ["May", "Hold", "May"]
    assert lines[3].startswith("Deals: 3") and "May proceed: 2" in lines[3] and "Hold: 1" in lines[3]


def test_an_edition_that_is_not_held_is_a_bad_question(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("assess", deal_file(tmp_path), "--edition", "1999-1")
    assert ran.code == 2
    assert "`1999-1` is not held here. Held: 2026-1" in ran.err


def test_the_scenarios_come_out_as_expected(enduse: Enduse, shared: Path) -> None:
    expected = json.loads((shared / "scenarios" / "expected.json").read_text("utf-8"))
    answers = enduse("assess", "--json", *(shared / "scenarios" / f"{name}.yaml" for name in expected)).answers
    for answer, (name, wanted) in zip(answers, expected.items(), strict=True):
        assert (answer["reference"], answer["outcome"]) == (name, wanted["outcome"])
        assert set(wanted["clauses_include"]) <= set(answer["clauses"]), name


def test_an_act_counts_in_the_decision_and_is_named(enduse: Enduse, tmp_path: Path) -> None:
    act = tmp_path / "act.yaml"
    act.write_text(
        "format: enduse/act-1\nact: ROBOTA-1\ntitle: {ru: А, en: B}\ndated: 2026-11-01\nedition: 2026-1\n"
        'rules: [{rule: own, effect: refuse, when: export, clauses: ["1.7"], text: {ru: "Нельзя.", en: "Not allowed."}}]\n'
    )
    deal = deal_file(tmp_path)
    answer = enduse("assess", "--json", "--act", act, deal).answer
    assert (answer["outcome"], answer["clauses"]) == ("refuse", ["1.7"])
    assert answer["act"]["act"] == "ROBOTA-1"
    assert answer["reasons"][0]["act"] == "ROBOTA-1"
    assert "act ROBOTA-1" in enduse("assess", "--act", act, deal).out
    assert enduse("assess", "--json", deal).answer["fingerprint"] != answer["fingerprint"]


GOOD = json.dumps(file_with(), ensure_ascii=False, indent=1).encode()
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)
NAMES = st.sampled_from(["deal.yaml", "deal.json", "deals.jsonl"])


def answered(folder: Path, name: str, data: bytes) -> None:
    """Whatever the bytes, each input is answered or told with a line, and it is never our own fault."""
    path = folder / name
    path.write_bytes(data)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(["assess", "--json", str(path)])
    assert code in (0, 2, 3), out.getvalue() + err.getvalue()
    assert err.getvalue() == ""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    answers = [json.loads(line) for line in out.getvalue().split("\n") if line]
    assert answers
    for answer in answers:
        assert ("outcome" in answer) != ("error" in answer)
        assert code == 2 or "error" not in answer
        for error in answer.get("errors", ()):
            assert 1 <= int(error["where"].rsplit(":", 1)[1]) <= lines


@given(st.binary(), NAMES)
def test_any_bytes_are_answered(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    answered(tmp_path_factory.getbasetemp(), name, data)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 5), st.binary(max_size=4)), max_size=4), NAMES)
def test_a_deal_with_any_bytes_changed_is_answered(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int, bytes]], name: str
) -> None:
    data = GOOD
    for at, length, new in changes:
        data = data[:at] + new + data[at + length :]
    answered(tmp_path_factory.getbasetemp(), name, data)


@given(VALUES, NAMES)
def test_any_json_is_answered(tmp_path_factory: pytest.TempPathFactory, value: Any, name: str) -> None:
    answered(tmp_path_factory.getbasetemp(), name, json.dumps(value).encode())


@given(st.lists(st.tuples(st.sampled_from(sorted(file_with(permit=PERMIT, risk="none", evidence=EVIDENCE))), VALUES), min_size=1, max_size=3), NAMES)
def test_a_deal_with_any_values_is_answered(tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, Any]], name: str) -> None:
    data = file_with(permit=PERMIT, evidence=EVIDENCE) | dict(changes)
    answered(tmp_path_factory.getbasetemp(), name, json.dumps(data).encode())
