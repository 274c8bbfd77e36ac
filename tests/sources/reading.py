"""What tests of sources share: a list is read with nothing of it lost, or refused, and what is said of either has words."""

from __future__ import annotations

import pytest

from enduse.formats.problems import BadInput
from enduse.sources.source import File, Read, Source
from enduse.words import say


def read_whole(source: Source, *files: File) -> Read:
    """A list read, every entry of it either taken or told."""
    found = source.read(files)
    assert len(found.entities) + sum(one.whole for one in found.skipped) == found.counted
    for one in found.skipped:
        assert say(one.code, "ru", **one.values) and say(one.code, "en", **one.values)
    return found


def refusal(source: Source, *files: File) -> str:
    """The words of a refusal."""
    with pytest.raises(BadInput) as error:
        source.read(files)
    assert all(problem.text("ru") for problem in error.value.problems)
    return str(error.value)
