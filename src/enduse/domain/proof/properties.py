"""What must hold of every state of the facts, written by hand from the clauses and not derived from the rule table.

Each property names the clauses it is read from and the tables it is to hold of: `text` alone as well as all rules, since a
house rule must not mask the loss of a rule of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import z3

from enduse.domain.proof.logic import Logic
from enduse.domain.rules import Effect, Words

Claim = Callable[["Reader"], z3.BoolRef]
BOTH, ALL, TEXT = ("all", "text"), ("all",), ("text",)
CHECKS_3_2 = ("wmd_check", "terrorism_check", "military_check", "other_harm_check", "screening_check")
CHECKS_4_3 = ("notice_check", "identification_check")
HARDWARE_ONLY = (12, 15, 18)
SUITABILITY = {19: "nuclear", 20: "missile", 21: "chemical_biological", 22: "military_intelligence"}
INDICATORS = range(1, 23)


@dataclass(frozen=True, slots=True)
class Property:
    """A claim about every state: its name, the clauses it is read from, its words, and the tables it is to hold of."""

    id: str
    clauses: tuple[str, ...]
    words: Words
    claim: Claim
    tables: tuple[str, ...] = BOTH


class Reader:
    """The words of the clauses as formulas over the facts."""

    def __init__(self, logic: Logic) -> None:
        self.logic = logic
        self.released = logic.released
        self.stopped = z3.Not(logic.released)

    def ge(self, fact: str, level: str) -> z3.BoolRef:
        return self.logic.ge(fact, level)

    def outcome(self, effect: Effect) -> z3.BoolRef:
        """The outcome is at least `effect`."""
        return self.logic.reaches(effect)

    @property
    def foreign(self) -> z3.BoolRef:
        """A foreign party, or not established otherwise (2.1)."""
        return z3.Not(self.logic.at("foreign", "no"))

    @property
    def export(self) -> z3.BoolRef:
        """An export, or not established otherwise (2.1)."""
        return z3.And(self.foreign, z3.Not(self.logic.at("modifiable", "no")))

    @property
    def unpermitted(self) -> z3.BoolRef:
        """No valid permit of the Commission."""
        return z3.Not(self.logic.at("permit", "valid"))

    def any_evidence(self, level: str, *purposes: str) -> z3.BoolRef:
        return z3.Or(*(self.ge(f"{purpose}_evidence", level) for purpose in purposes))

    def applicable(self, number: int) -> z3.BoolRef:
        """An indicator applies (notes to 12, 15, 18 and 19-22): not established that it cannot."""
        if number in HARDWARE_ONLY:
            return z3.Not(self.logic.at("hardware", "no"))
        if number in SUITABILITY:
            return z3.Not(self.logic.at(f"suitable_{SUITABILITY[number]}", "no"))
        return z3.BoolVal(True)

    def some_indicator(self, *levels: str) -> z3.BoolRef:
        """Some applicable indicator stands at one of the levels."""
        at = self.logic.at
        return z3.Or(*(z3.And(self.applicable(n), z3.Or(*(at(f"indicator_{n}", level) for level in levels))) for n in INDICATORS))

    @property
    def adverse(self) -> z3.BoolRef:
        """Something adverse is known (3.4)."""
        return z3.Or(
            self.any_evidence("alleged", "wmd", "terrorism", "military", "other_harm"),
            self.ge("risk", "identified"),
            self.ge("notice", "oral"),
            self.ge("deeper_check", "yes"),
        )

    @property
    def excused(self) -> z3.BoolRef:
        """A step was left out or is open: contract, record, or an indicator not answered."""
        return z3.Or(self.ge("clauses", "excused"), self.ge("record", "excused"), self.some_indicator("excused", "unknown", "present"))


def _released_by_text(r: Reader) -> z3.BoolRef:
    """When the text alone lets a deal go, told the positive way round."""
    at, no = r.logic.at, z3.Not
    subject = z3.And(at("listed", "no"), at("military_design", "no"))
    known = z3.And(no(at("foreign", "unknown")), no(at("modifiable", "unknown")))
    checked = z3.And(*(at(check, "done") for check in (*CHECKS_3_2, *CHECKS_4_3, "risk_assessment_check")))
    permitted = at("permit", "valid")
    no_ground_for_permit = z3.And(
        *(at(f"{purpose}_evidence", "none") for purpose in ("wmd", "terrorism", "military")),
        no(at("notice", "written")),
        at("deeper_check", "no"),
        at("risk", "none"),
    )
    nothing_known = z3.And(no(at("wmd_evidence", "confirmed")), no(at("terrorism_evidence", "confirmed")), at("other_harm_evidence", "none"))
    not_refused = z3.Or(at("risk", "none"), at("choice", "section_4"))
    answered = no(r.some_indicator("unknown", "present"))
    contract = z3.Or(at("clauses", "agreed"), at("clauses", "excused"))
    recorded = z3.Or(at("record", "complete"), at("record", "excused"))
    export = z3.And(subject, known, checked, z3.Or(permitted, no_ground_for_permit), nothing_known, not_refused, answered, contract, recorded)
    return z3.Or(at("foreign", "no"), z3.And(at("modifiable", "no"), subject), export)


def _released_by_all(r: Reader) -> z3.BoolRef:
    """When a deal may go: the text lets it, and the house rules (1.7) do not hold it back."""
    at, no = r.logic.at, z3.Not
    permitted = at("permit", "valid")
    nothing_confirmed = z3.And(*(no(at(f"{purpose}_evidence", "confirmed")) for purpose in ("wmd", "terrorism", "other_harm")))
    free_of_authorities = z3.Or(permitted, z3.And(at("permit", "none"), at("notice", "no")))
    suspicious = z3.Or(
        no(at("other_harm_evidence", "none")),
        z3.And(
            r.unpermitted,
            z3.Or(
                r.any_evidence("alleged", "wmd", "terrorism", "military"),
                at("risk", "identified"),
                at("indicator_8", "present"),
            ),
        ),
    )
    made_up_for = z3.Or(
        no(r.adverse), z3.And(at("clauses", "agreed"), at("record", "complete"), no(r.some_indicator("excused", "unknown", "present")))
    )
    civil = no(at("military_evidence", "confirmed"))
    return z3.And(
        _released_by_text(r),
        nothing_confirmed,
        free_of_authorities,
        z3.Or(at("foreign", "no"), no(suspicious)),
        z3.Or(no(r.export), z3.And(made_up_for, civil)),
    )


def _refused_by_text(r: Reader) -> z3.BoolRef:
    known = z3.Or(r.any_evidence("confirmed", "wmd", "terrorism", "other_harm"), z3.And(r.ge("risk", "identified"), r.ge("choice", "refuse")))
    return z3.And(r.export, known)


def _refused_by_all(r: Reader) -> z3.BoolRef:
    return z3.Or(_refused_by_text(r), r.any_evidence("confirmed", "wmd", "terrorism", "other_harm"), r.logic.at("permit", "denied"))


def _unknown_stops() -> Iterator[Property]:
    """Whatever may be an export and has something unknown or not done is never released, one claim for each."""
    for fact, level, clause in (
        ("foreign", "unknown", "2.1"),
        ("modifiable", "unknown", "2.1"),
        ("listed", "unknown", "1.3"),
        ("military_design", "unknown", "1.3"),
        *((check, "not_done", "3.2") for check in CHECKS_3_2),
        *((check, "not_done", "4.3") for check in CHECKS_4_3),
        ("risk_assessment_check", "not_done", "5.1"),
        ("clauses", "unknown", "5.2"),
        ("record", "missing", "5.3"),
    ):
        yield Property(
            f"unknown-{fact}",
            (clause,),
            Words(f"Возможный экспорт, где {fact} = {level}, не отпускается.", f"What may be an export and has {fact} = {level} is never released."),
            lambda r, fact=fact, level=level: z3.Implies(z3.And(r.export, r.logic.at(fact, level)), r.stopped),  # type: ignore[misc]
        )
    for number in INDICATORS:
        for level, ru, en in (("unknown", "без ответа", "not answered"), ("present", "есть и не объяснён", "present and unexplained")):
            yield Property(
                f"indicator-{number}-{level}",
                ("5.1",),
                Words(
                    f"Возможный экспорт, где применимый признак {number} {ru}, не отпускается.",
                    f"What may be an export and has the applicable indicator {number} {en} is never released.",
                ),
                lambda r, n=number, level=level: z3.Implies(  # type: ignore[misc]
                    z3.And(r.export, r.applicable(n), r.logic.at(f"indicator_{n}", level)), r.stopped
                ),
            )


PROPERTIES: tuple[Property, ...] = (
    Property(
        "known-wmd-terror-refused",
        ("4.1",),
        Words(
            "Достоверно известное применение для ОМП или терроризма — отказ, с разрешением или без.",
            "Confirmed use for WMD or terrorism is refused, permit or not.",
        ),
        lambda r: z3.Implies(z3.And(r.export, r.any_evidence("confirmed", "wmd", "terrorism")), r.outcome(Effect.refuse)),
    ),
    Property(
        "known-harm-refused-any-supply",
        ("3.1",),
        Words(
            "Достоверно известное ОМП, терроризм или иной вред — отказ и там, где это не экспорт.",
            "Confirmed WMD, terrorism or other harm is refused even where it is not an export.",
        ),
        lambda r: z3.Implies(r.any_evidence("confirmed", "wmd", "terrorism", "other_harm"), r.outcome(Effect.refuse)),
        ALL,
    ),
    Property(
        "fear-held",
        ("4.2",),
        Words(
            "Обоснованное опасение ОМП, терроризма или военного применения без действующего разрешения — не мягче приостановки.",
            "A reason to fear WMD, terrorism or military use without a valid permit is at least held.",
        ),
        lambda r: z3.Implies(z3.And(r.export, r.any_evidence("concern", "wmd", "terrorism", "military"), r.unpermitted), r.outcome(Effect.hold)),
    ),
    Property(
        "written-notice-held",
        ("4.3",),
        Words(
            "Экспорт при письменном уведомлении без действующего разрешения — не мягче приостановки.",
            "An export under a written notice without a valid permit is at least held.",
        ),
        lambda r: z3.Implies(z3.And(r.export, r.ge("notice", "written"), r.unpermitted), r.outcome(Effect.hold)),
    ),
    Property(
        "written-notice-never-released",
        ("4.3",),
        Words(
            "При письменном уведомлении без действующего разрешения не отпускается ничто, экспорт это или нет.",
            "Under a written notice without a valid permit nothing is released, export or not.",
        ),
        lambda r: z3.Implies(z3.And(r.ge("notice", "written"), r.unpermitted), r.outcome(Effect.hold)),
        ALL,
    ),
    Property(
        "oral-notice-never-released",
        ("4.3", "3.4"),
        Words(
            "При устном сообщении без действующего разрешения ничто не отпускается.",
            "Under an oral notice without a valid permit nothing is released.",
        ),
        lambda r: z3.Implies(z3.And(r.ge("notice", "oral"), r.unpermitted), r.outcome(Effect.diligence)),
        ALL,
    ),
    Property(
        "deeper-check-held",
        ("4.3",),
        Words(
            "Назначенная углублённая проверка без действующего разрешения — не мягче приостановки.",
            "A deeper check decided on, without a valid permit, is at least held.",
        ),
        lambda r: z3.Implies(z3.And(r.export, r.ge("deeper_check", "yes"), r.unpermitted), r.outcome(Effect.hold)),
    ),
    Property(
        "known-other-harm-refused",
        ("4.4",),
        Words("Достоверно известный иной вред — отказ, с разрешением или без.", "Confirmed other harm is refused, permit or not."),
        lambda r: z3.Implies(z3.And(r.export, r.any_evidence("confirmed", "other_harm")), r.outcome(Effect.refuse)),
    ),
    Property(
        "suspicion-checked-first",
        ("3.4",),
        Words(
            "Любое сообщение об ОМП, терроризме или военном применении без разрешения, и об ином вреде при любом разрешении, требует проверки.",
            "Any word of WMD, terrorism or military use without a permit, and of other harm with or without one, calls for more checking.",
        ),
        lambda r: z3.Implies(
            z3.And(
                r.export,
                z3.Or(r.any_evidence("alleged", "other_harm"), z3.And(r.any_evidence("alleged", "wmd", "terrorism", "military"), r.unpermitted)),
            ),
            r.outcome(Effect.diligence),
        ),
    ),
    Property(
        "suspicion-checked-any-supply",
        ("3.1", "3.4"),
        Words(
            "То же — при любой форме предоставления иностранному лицу; риск и признак 8 без разрешения — тоже.",
            "The same in any form of supply to a foreign person; so are a risk and indicator 8 without a permit.",
        ),
        lambda r: z3.Implies(
            z3.And(
                r.foreign,
                z3.Or(
                    r.any_evidence("alleged", "other_harm"),
                    z3.And(
                        r.unpermitted,
                        z3.Or(r.any_evidence("alleged", "wmd", "terrorism", "military"), r.ge("risk", "identified"), r.ge("indicator_8", "present")),
                    ),
                ),
            ),
            r.outcome(Effect.diligence),
        ),
        ALL,
    ),
    Property(
        "listed-statutory",
        ("1.3",),
        Words(
            "Решение из контрольного списка или не исключительно гражданское — не мягче процедуры по закону.",
            "A listed solution, or one not exclusively civil, is at least statutory.",
        ),
        lambda r: z3.Implies(z3.And(r.foreign, z3.Or(r.ge("listed", "yes"), r.ge("military_design", "yes"))), r.outcome(Effect.statutory)),
    ),
    Property(
        "known-military-statutory",
        ("1.3",),
        Words(
            "Достоверно известное военное применение — не мягче процедуры по закону, с разрешением или без.",
            "Confirmed military use is at least statutory, permit or not.",
        ),
        lambda r: z3.Implies(z3.And(r.export, r.any_evidence("confirmed", "military")), r.outcome(Effect.statutory)),
        ALL,
    ),
    Property(
        "present-indicator-checked",
        ("5.1",),
        Words(
            "Необъяснённый применимый признак — не мягче дополнительной проверки.", "An applicable indicator left unexplained is at least diligence."
        ),
        lambda r: z3.Implies(z3.And(r.export, r.some_indicator("present")), r.outcome(Effect.diligence)),
    ),
    Property(
        "indicator-8-held",
        ("5.1", "4.2"),
        Words("Признак 8 без действующего разрешения — не мягче приостановки.", "Indicator 8 without a valid permit is at least held."),
        lambda r: z3.Implies(z3.And(r.export, r.ge("indicator_8", "present"), r.unpermitted), r.outcome(Effect.hold)),
        ALL,
    ),
    Property(
        "risk-held",
        ("5.1",),
        Words("Выявленный риск без действующего разрешения — не мягче приостановки.", "An identified risk without a valid permit is at least held."),
        lambda r: z3.Implies(z3.And(r.export, r.ge("risk", "identified"), r.unpermitted), r.outcome(Effect.hold)),
    ),
    Property(
        "chosen-refusal-stands",
        ("5.1",),
        Words(
            "Выбранный при выявленном риске отказ — отказ, с разрешением или без.", "A refusal chosen upon an identified risk stands, permit or not."
        ),
        lambda r: z3.Implies(z3.And(r.export, r.ge("risk", "identified"), r.ge("choice", "refuse")), r.outcome(Effect.refuse)),
    ),
    Property(
        "pending-permit-waits",
        ("4.2", "3.3"),
        Words("Пока заявление рассматривается, ничто не отпускается.", "While an application is pending nothing is released."),
        lambda r: z3.Implies(r.ge("permit", "pending"), r.outcome(Effect.hold)),
        ALL,
    ),
    Property(
        "denied-permit-refused",
        ("4.2", "3.3"),
        Words("Отказ в разрешении — отказ.", "A denied permit is a refusal."),
        lambda r: z3.Implies(r.ge("permit", "denied"), r.outcome(Effect.refuse)),
        ALL,
    ),
    Property(
        "rejected-clauses-checked",
        ("5.2", "3.4"),
        Words("Отвергнутые запреты применения — не мягче дополнительной проверки.", "Rejected use restrictions are at least diligence."),
        lambda r: z3.Implies(z3.And(r.export, r.ge("clauses", "rejected")), r.outcome(Effect.diligence)),
        ALL,
    ),
    Property(
        "excuse-ends-with-suspicion",
        ("5.1", "3.4"),
        Words("При неблагоприятных сведениях пропущенный шаг останавливает сделку.", "With something adverse known, a step left out stops the deal."),
        lambda r: z3.Implies(z3.And(r.export, r.adverse, r.excused), r.stopped),
        ALL,
    ),
    *_unknown_stops(),
    Property(
        "released-iff-text",
        ("1.3", "2.1", "3.2", "3.4", "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3"),
        Words(
            "Правила текста отпускают ровно то, что отпускает независимая формула.",
            "The rules of the text release exactly what an independent formula releases.",
        ),
        lambda r: r.released == _released_by_text(r),
        TEXT,
    ),
    Property(
        "released-iff-all",
        ("1.3", "1.7", "2.1", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "5.3"),
        Words(
            "Все правила отпускают ровно то, что отпускает независимая формула.", "All rules release exactly what an independent formula releases."
        ),
        lambda r: r.released == _released_by_all(r),
        ALL,
    ),
    Property(
        "refused-iff-text",
        ("4.1", "4.4", "5.1"),
        Words(
            "Правила текста отказывают ровно в том, в чём независимая формула.",
            "The rules of the text refuse exactly what an independent formula refuses.",
        ),
        lambda r: r.outcome(Effect.refuse) == _refused_by_text(r),
        TEXT,
    ),
    Property(
        "refused-iff-all",
        ("3.1", "3.3", "4.1", "4.2", "4.4", "5.1"),
        Words("Все правила отказывают ровно в том, в чём независимая формула.", "All rules refuse exactly what an independent formula refuses."),
        lambda r: r.outcome(Effect.refuse) == _refused_by_all(r),
        ALL,
    ),
    Property(
        "not-export-only-if",
        ("2.1",),
        Words(
            "Исход «не экспорт» — только там, где установлено, что иностранного лица нет или изменить решение оно не может.",
            "The outcome is not_export only where it is established that nobody is foreign, or that they cannot modify.",
        ),
        lambda r: z3.Implies(z3.Not(r.outcome(Effect.proceed)), z3.Or(r.logic.at("foreign", "no"), r.logic.at("modifiable", "no"))),
    ),
)
