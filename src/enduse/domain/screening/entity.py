"""An entry of a published list as values, in FollowTheMoney's terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Schema = Literal["Person", "Company", "Organization", "LegalEntity", "Vessel", "Airplane", "CryptoWallet"]
NameKind = Literal["name", "alias", "weak", "former", "original"]
LinkKind = Literal["see_also", "owner", "family", "associate", "member", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an entry goes by.

    `name` is the publisher's own, `alias` another, `weak` one that the publisher calls low quality or too common to stand alone,
    `former` one of before, `original` the publisher's own in another script. `given` and `family` are parts of a person's name
    where the publisher tells them apart.
    """

    text: str
    kind: NameKind = "name"
    given: str = ""
    family: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """When something was, as far as it is known: between two days, both included; `circa` where the publisher is not sure."""

    first: date
    last: date
    circa: bool = False

    def touches(self, other: Period) -> bool:
        """Whether both may be the same day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True, slots=True)
class Country:
    """A country as the publisher writes it, with its ISO 3166-1 alpha-2 code; an empty code where it is none that we know."""

    text: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an entry is found: the whole address as one text, and its country where it is told apart."""

    text: str
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that tells an entry apart: its kind in a word (`passport`, `national_id`, `tax`, `registration`, `imo`, `mmsi`, `wallet`,
    `swift`, `other`), the value as published, and who gave it where that is told."""

    kind: str
    value: str
    country: Country | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another entry of the same list, by its id; what the publisher says of it in `text`."""

    kind: LinkKind
    to: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One entry of a list. `id` is the publisher's own number, or one made of what the entry says where it gives none."""

    id: str
    schema: Schema
    names: tuple[Name, ...]
    births: tuple[Period, ...] = ()
    nationalities: tuple[Country, ...] = ()
    countries: tuple[Country, ...] = ()
    addresses: tuple[Address, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    programmes: tuple[str, ...] = ()
    reason: str = ""
    since: date | None = None
    until: date | None = None  # where the publisher says until when, as for denied persons
    links: tuple[Link, ...] = ()
