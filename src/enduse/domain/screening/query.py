"""What is asked of the lists: a name, and whatever else is known of whoever bears it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from enduse.domain.screening.entity import Period

Kind = Literal["any", "person", "company", "vessel", "aircraft"]
KINDS: tuple[Kind, ...] = ("any", "person", "company", "vessel", "aircraft")


@dataclass(frozen=True, slots=True)
class Query:
    """One who is held against lists. Only the name is needed; what is not known is left out and stays unknown.

    `countries` are ISO 3166-1 alpha-2 codes, `identifiers` numbers as written (passport, registration, tax, IMO), `birth` the days
    between which a person was born.
    """

    name: str
    kind: Kind = "any"
    countries: tuple[str, ...] = ()
    birth: Period | None = None
    identifiers: tuple[str, ...] = ()
    address: str = ""
