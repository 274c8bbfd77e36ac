"""Who does something: a person with the roles of the day, whom they stand in for, or the system itself."""

from __future__ import annotations

from dataclasses import dataclass

from enduse.casework.people.roles import POWERS, SEE_ALL
from enduse.domain.refusals import NotAllowed, Refusal

SYSTEM_NAME = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `roles` are their own and those of the absent they stand in for; `absent` are those persons' ids.

    INVARIANT: `hands` counts all of them, so that nobody approves through a substitute what they prepared.
    """

    person: int | None
    signature: str
    account: int | None = None
    roles: frozenset[str] = frozenset()
    absent: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()  # what a deal file may call any of these persons: name, e-mail, personnel number, signature
    own: tuple[str, ...] = ()  # of these the actor's own, where they stand in for somebody

    @property
    def is_system(self) -> bool:
        """Whether no person acts but a sweep."""
        return self.person is None

    @property
    def who(self) -> int:
        """The person who acts, where only a person may. Raises RuntimeError for the system."""
        if self.person is None:
            raise RuntimeError("the system signs nothing")
        return self.person

    @property
    def hands(self) -> frozenset[int]:
        """The persons whose doing this is: the actor, and whom they stand in for."""
        return self.absent | ({self.person} if self.person is not None else frozenset())

    @property
    def own_names(self) -> tuple[str, ...]:
        """What a deal file may call the actor, and nobody they stand in for."""
        return (self.signature, *(self.own if self.absent else self.names))

    @property
    def stamp(self) -> str:
        """The actor as the ledger names them: numbers, so that a name can be erased without breaking a record."""
        if self.person is None:
            return SYSTEM_NAME
        behalf = "".join(f" for:{person}" for person in sorted(self.absent))
        return f"person:{self.person}" + (f" account:{self.account}" if self.account is not None else "") + behalf

    @property
    def sees_all(self) -> bool:
        """Whether every deal may be seen."""
        return bool(self.roles & SEE_ALL)

    def may(self, verb: str) -> bool:
        """Whether the roles allow the verb."""
        return bool(self.roles.intersection(POWERS[verb]))

    def demand(self, verb: str) -> None:
        """Raises NotAllowed, naming the roles it takes, where the verb is not allowed. The system may only do what no person is asked for."""
        if not self.may(verb):
            raise NotAllowed(Refusal("people.no_role", {"verb": verb, "roles": ", ".join(POWERS[verb])}))


SYSTEM = Actor(None, SYSTEM_NAME)
