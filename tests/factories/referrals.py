"""A family that a region refers to a municipality, for tests, through the actions."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from samspil.collaboration.courses import actions
from samspil.collaboration.courses.actions import Acceptance, Checked, Chosen, Words
from samspil.collaboration.courses.models import Course, EligibilityAnswer, ReferralPart
from samspil.collaboration.families.models import PersonRecord, TieKind
from samspil.collaboration.families.rules.civil_number import made_up
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import rules
from samspil.collaboration.sharing.models import Basis, Way
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose
from samspil.foundation.organisations.models import Authority, Unit
from tests.factories.access import acting, an_actor
from tests.factories.courses import a_version
from tests.factories.families import a_person, a_tie
from tests.factories.organisations import a_unit, an_authority
from tests.factories.owner import as_owner

TODAY = clock.today()
NEEDED = Category.IDENTITY | Category.EVERYDAY
YES, NO, UNKNOWN = EligibilityAnswer.Answer.YES, EligibilityAnswer.Answer.NO, EligibilityAnswer.Answer.UNKNOWN


def a_unit_of(kind: str) -> Unit:
    """A unit of a new organisation of this kind."""
    with as_owner():
        return a_unit(an_authority(kind))


@dataclass
class AReferral:
    """Karim of the region refers Ida, her ill father and her mother to Bo's unit in the municipality."""

    karim: Actor
    bo: Actor
    ida: PersonRecord
    father: PersonRecord
    mother: PersonRecord
    space: UUID
    bases: list[Basis] = field(default_factory=list)

    @property
    def family(self) -> tuple[PersonRecord, PersonRecord, PersonRecord]:
        return self.ida, self.father, self.mother

    def unit_of(self, who: Actor) -> Unit:
        with as_owner():
            return Unit.objects.select_related("authority").get(pk=who.unit_id)

    def colleague(self, of: Actor | None = None, role: RoleKey = RoleKey.CASEWORKER) -> Actor:
        """Somebody else in Bo's unit."""
        return an_actor(role, unit=self.unit_of(of or self.bo))

    def chosen(self, **changes: Any) -> list[Chosen]:
        number = changes.get("number", False)
        return [
            Chosen(self.ida.subject_id, "child", "Datter", is_in_focus=True, sends_number=number),
            Chosen(self.father.subject_id, "parent_ill", "Far", sends_number=number),
            Chosen(self.mother.subject_id, "co_parent", "Mor"),
        ]

    def choose(self, people: list[Chosen] | None = None, *, number: bool = False) -> None:
        with acting(self.karim) as karim:
            chosen = people or self.chosen(number=number)
            actions.choose_people(actor=karim, space=self.space, people=chosen, today=TODAY)

    def write(
        self, text: str, kind: str = "wish", category: Category = Category.EVERYDAY, *about: PersonRecord
    ) -> None:
        subjects = frozenset(one.subject_id for one in about or (self.ida,))
        words = Words(ReferralPart.Kind(kind), text, subjects, category, "Far")
        with acting(self.karim) as karim:
            actions.write_words(actor=karim, space=self.space, words=words)

    def check(self, reason: str = "", **answers: Any) -> None:
        given = {
            "parent_mental_illness": Checked("parent-mental-illness", YES),
            "treated": Checked("treated-within-three-years", YES, is_ongoing=True),
            "needs_advice": Checked("needs-advice", YES),
            **answers,
        }
        with acting(self.karim) as karim:
            actions.check_target(
                actor=karim,
                space=self.space,
                answers=[a for a in given.values() if a],
                reason=reason,
                today=TODAY,
            )

    def consent(self, person: PersonRecord, categories: Category = NEEDED, **changes: Any) -> list[Basis]:
        unit = self.unit_of(self.bo)
        receiver = rules.Receiver(HolderKind.UNIT, unit.pk, unit.authority_id, unit.kind)
        scope = rules.Scope(
            person.subject_id, receiver, categories, changes.pop("purpose", Purpose.COORDINATION)
        )
        said_by = (self.father, self.mother) if person == self.ida else (person,)
        consent = rules.Consent(
            scope, Way.MEETING, frozenset(p.subject_id for p in said_by), TODAY, **changes
        )
        with acting(self.karim) as karim:
            rows = sharing.register_consent(actor=karim, space=self.space, consent=consent, today=TODAY)
        self.bases += rows
        return rows

    def call(self) -> None:
        with acting(self.karim) as karim:
            actions.say_whom_to_call(
                actor=karim, space=self.space, name="Karim Saleh", phone="12 34 56 78", when="Hverdage 9–15"
            )

    def prepare(self, *, number: bool = False) -> "AReferral":
        """Everything but sending it."""
        self.choose(number=number)
        self.write("Vi vil gerne have ro om morgenen.")
        self.write("Støtte til morgenerne og til mor.", "help")
        self.check()
        for person in self.family:
            self.consent(person)
        self.consent(self.father, Category.HEALTH)
        self.call()
        return self

    def send(self) -> "AReferral":
        with acting(self.karim) as karim:
            actions.send_referral(actor=karim, space=self.space, today=TODAY)
        return self

    def acceptance(self, **changes: Any) -> Acceptance:
        given: dict[str, Any] = {
            "own": dict.fromkeys((one.subject_id for one in self.family), None),
            "coordinator": self.bo.membership_id,
            "role": "municipal_coordinator",
            "sender_role": "region_case_manager",
            **changes,
        }
        return Acceptance(**given)

    def accept(self, by: Actor | None = None, **changes: Any) -> Course:
        who = by or self.bo
        with acting(who):
            return actions.accept_referral(
                actor=who,
                space=self.space,
                acceptance=self.acceptance(**changes),
                today=TODAY,
                made_up_allowed=True,
            )


def a_referral(*, numbers: bool = False, to_kind: str = Authority.Kind.MUNICIPALITY) -> AReferral:
    """Begun, with the family as the region knows it."""
    karim = an_actor(RoleKey.CLINICIAN, unit=a_unit_of(Authority.Kind.REGION))
    bo = an_actor(RoleKey.CASEWORKER, unit=a_unit_of(to_kind))
    born = date(TODAY.year - 7, 5, 12)
    ida = a_person(karim, "Ida Bruun", born=born, civil_number=made_up(born, 1) if numbers else "")
    father = a_person(karim, "Claus Bruun", born=date(1984, 2, 3))
    mother = a_person(karim, "Sara Bruun", born=date(1986, 7, 9))
    for parent in (father, mother):
        a_tie(karim, parent, TieKind.PARENT, ida)
        a_tie(karim, parent, TieKind.CUSTODY, ida)
    version = a_version()
    with acting(karim):
        referral = actions.begin_referral(
            actor=karim, subject=ida.subject_id, version=version, to_unit=bo.unit_id, today=TODAY
        )
    return AReferral(karim, bo, ida, father, mother, referral.space_id)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)
