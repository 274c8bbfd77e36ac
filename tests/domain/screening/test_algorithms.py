"""The versions of the matcher: each is there, and one that was given out scores as it did on its first day.

`ENDUSE_WRITE_GOLDEN=1 pytest tests/domain/screening/test_algorithms.py` writes the scores anew: only before a version is given out.
"""

from __future__ import annotations

import hashlib
import json
import os
from importlib.resources import files
from pathlib import Path
from typing import TypedDict

import pytest

from enduse.domain.screening.algorithms import ALGORITHMS, NEWEST, algorithm
from enduse.domain.screening.index import ALGORITHM, Listed
from enduse.domain.screening.query import Kind, Query
from enduse.domain.screening.search import Norms
from tests.searched import company, entry

WRITING = "ENDUSE_WRITE_GOLDEN" in os.environ
DATA = ("name_scores.json", "name_words.txt", "scripts.json")  # what a version is made of beside its modules
WHAT_TO_DO = (
    "the matcher scores otherwise than the version of that name did: receipts of it would no longer replay. Keep the old modules and data beside the"
    " new ones under a version of its own (algorithms.py, index.ALGORITHM and MAGIC), with its own golden file. If this version was never given out:"
    " ENDUSE_WRITE_GOLDEN=1 pytest tests/domain/screening/test_algorithms.py"
)
# (query, kind, names of the entry, whether it is a person)
ASKED: list[tuple[str, Kind, tuple[str, ...], bool]] = [
    ("Rosa Quill", "any", ("Rosa Quill",), True),
    ("Quill Rosa", "person", ("Rosa Quill",), True),
    ("Rosa Quilt", "any", ("Rosa Quill",), True),
    ("Роза Квилл", "any", ("Rosa Quill",), True),
    ("Rosa Quill", "company", ("Rosa Quill",), True),
    ("R. Quill", "any", ("Rosa Quill",), True),
    ("Quill", "any", ("Rosa Quill", "Quilly"), True),
    ("Mohammed Ali", "any", ("Mohammed Ali",), True),
    ("Mohammed Ali", "any", ("Muhammad Aly Hussein",), True),
    ("Иван Петрович Сидоров", "person", ("Ivan Petrovich Sidorov",), True),
    ("Сидоров Иван", "person", ("Ivan Petrovich Sidorov",), True),
    ("Сидоров И.П.", "person", ("Ivan Petrovich Sidorov",), True),
    ("Ivan Petrov", "any", ("Ivan Sidorov",), True),
    ("Abdulrahman Fayed", "any", ("Abdul Rahman Al-Fayed",), True),
    ("Abdul Rahman Al Fayed", "any", ("Abdulrahman Alfayed",), True),
    ("Ozymandias Plumworth", "any", ("Ozymandias Plumbworth",), True),
    ("Jalaluddin Plumbworth", "any", ("Jalal al-Din Plumbworth",), True),
    ("محمد الفايد", "any", ("Mohammed al-Fayed",), True),
    ("Mohammed al-Fayed", "any", ("محمد الفايد",), True),
    ("בנימין קוויל", "any", ("Binyamin Quill",), True),
    ("王小明", "any", ("Wang Xiaoming",), True),
    ("Wang Xiaoming", "any", ("王小明",), True),
    ("김영희", "any", ("Kim Young Hee",), True),
    ("タナカ ヒロシ", "any", ("Tanaka Hiroshi",), True),
    ("Tanaka Hiroshi", "any", ("タナカ ヒロシ",), True),
    ("Γιώργος Παπαδόπουλος", "any", ("Giorgos Papadopoulos",), True),
    ("ООО Ромашка", "any", ("ООО Василёк",), False),
    ("ООО Ромашка", "any", ("OOO Romashka LLC",), False),
    ("АО Ромашка", "company", ("Romashka LLC",), False),
    ("Общество с ограниченной ответственностью «Ромашка Север»", "any", ("Romashka-Sever Ltd.",), False),
    ("Ромашка Север", "any", ("Romashkasever",), False),
    ("Завод 114", "any", ("Завод 114",), False),
    ("Завод 114", "any", ("Завод 115",), False),
    ("11420 Corp.", "any", ("Zeta Corp.",), False),
    ("Cбербыт", "any", ("Сбербыт",), False),
    ("Zenda International Trading", "company", ("Strelsau International Trading",), False),
    ("Zenda Shipping", "company", ("Zenda Shipping Lines", "Zenda"), False),
    ("小米花有限公司", "any", ("Xiaomihua Co., Ltd.",), False),
    ("주식회사 로마시카", "any", ("Romasika Co., Ltd.",), False),
    ("X Corp", "any", ("X Corp",), False),
    ("ООО", "any", ("ООО",), False),
    ("😀", "any", ("Rosa Quill",), True),
]


class Golden(TypedDict):
    """What a version gave on its first day."""

    data: dict[str, str]
    scores: list[list[object]]


def golden(version: str) -> Path:
    return Path(__file__).parent / f"{version}.json"


def scored(version: str) -> Golden:
    one = algorithm(version)
    found: list[list[object]] = []
    for query, kind, names, person in ASKED:
        index = one.load(one.build([Listed("own", "x", [(entry if person else company)(*names)])]).to_bytes())
        best = max((hit.score for hit in one.search(index, Query(query, kind), Norms(0.0)).hits), default=0.0)
        found.append([query, kind, list(names), round(best, 3)])
    data = {name: hashlib.sha256(files("enduse.reference").joinpath(name).read_bytes()).hexdigest() for name in DATA}
    return Golden(data=data, scores=found)


@pytest.mark.parametrize("version", ALGORITHMS)
def test_a_version_scores_as_it_did_when_it_was_given_out(version: str) -> None:
    now = scored(version)
    path = golden(version)
    if WRITING:
        path.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n", "utf-8")
    then: Golden = json.loads(path.read_text("utf-8"))
    assert [row[:3] for row in then["scores"]] == [row[:3] for row in now["scores"]], "other names are asked than were"
    differs = [
        (*was, row[3]) for was, row in zip(then["scores"], now["scores"], strict=True) if abs(float(str(was[3])) - float(str(row[3]))) > 0.0015
    ]
    assert not differs, WHAT_TO_DO
    assert then["data"] == now["data"], WHAT_TO_DO


def test_the_newest_is_the_one_that_new_indexes_are_of() -> None:
    assert NEWEST == ALGORITHM == algorithm(NEWEST).version
    assert [one.version for one in ALGORITHMS.values()] == list(ALGORITHMS)
    assert algorithm(NEWEST).build([]).algorithm == NEWEST


def test_a_version_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError):
        algorithm("names-0")
