"""The stories: every deal file has one, and nobody plays in them who is not in the cast."""

from __future__ import annotations

from pathlib import Path

from enduse import demonstration
from enduse.casework.people.roles import ROLES
from enduse.config.stories import CAST, STORIES, WORKER

FILES = {file.stem for file in Path(demonstration.__file__).parent.glob("*.yaml")}


def test_every_deal_file_has_its_story() -> None:
    assert set(STORIES) == FILES
    assert len(STORIES) >= 25


def test_the_scenes_of_a_story_follow_one_another_and_lie_in_the_past() -> None:
    for story in STORIES.values():
        days = [ago for ago, _, _ in story]
        assert days == sorted(days, reverse=True)
        assert min(days) >= 1


def test_every_role_is_played_and_only_the_cast_plays() -> None:
    assert {role for roles, _ in CAST.values() for role in roles} == set(ROLES)
    assert {who for story in STORIES.values() for _, who, _ in story} <= {*CAST, WORKER}
