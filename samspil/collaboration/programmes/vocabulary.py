"""The closed list of facts: what can be noted about a course, with which attributes, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from samspil.foundation.kernel.definitions import nearest

if TYPE_CHECKING:
    from samspil.foundation.kernel.sharing import Category

OPENING, ORDINARY, CLOSING = 10, 50, 90


class UnknownWord(ValueError):  # noqa: N818 - named after what it says
    """A kind or attribute that the vocabulary does not hold; the message names it and the nearest known."""


class Type(StrEnum):
    """What an attribute holds. `person` and `people` are ids, `thing` the id of an item of the course."""

    TEXT = "text"
    DATE = "date"
    INTEGER = "integer"
    NUMBER = "number"
    FLAG = "flag"
    PERSON = "person"
    PEOPLE = "people"
    ROLE = "role"
    THING = "thing"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a kind. Only those with `clock` reach the engine through the wall."""

    type: Type
    clock: bool = False
    options: tuple[str, ...] = ()

    @property
    def names_people(self) -> bool:
        return self.type in (Type.PERSON, Type.PEOPLE)

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or None."""
        match self.type:
            case Type.FLAG:
                fits, wanted = isinstance(value, bool), "true or false"
            case Type.INTEGER:
                fits, wanted = isinstance(value, int) and not isinstance(value, bool), "a whole number"
            case Type.NUMBER:
                fits, wanted = isinstance(value, int | float) and not isinstance(value, bool), "a number"
            case Type.PEOPLE:
                fits = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
                wanted = "a list of ids of people"
            case Type.DATE:
                fits, wanted = _is_date(value), "a date that exists, as YYYY-MM-DD"
            case _:
                fits, wanted = isinstance(value, str), "a text"
        if not fits:
            return f"must be {wanted}, not {value!r}"
        if self.options and value not in self.options:
            return f"must be one of {', '.join(self.options)}, not {value!r}"
        return None


@dataclass(frozen=True)
class Kind:
    """One kind of fact. `rank` orders facts of one day: openings first, closings last.

    `also_names`: topics under which somebody notes it whose role does not read its own, so that whoever holds
    the baton can do what the model asks of the holder. Who reads its own topic always notes it there.
    """

    name: str
    rank: int
    category_name: str
    da: str
    en: str
    attributes: Mapping[str, Attribute]
    is_instant: bool = False
    also_names: tuple[str, ...] = ()

    @property
    def category(self) -> "Category":
        from samspil.foundation.kernel.sharing import Category

        return Category[self.category_name]

    @cached_property
    def topics(self) -> "tuple[Category, ...]":
        """Under what it may be noted: its own category, then what others may note it under."""
        from samspil.foundation.kernel.sharing import Category

        return (self.category, *(Category[name] for name in self.also_names))

    @cached_property
    def people_attributes(self) -> tuple[str, ...]:
        """The attributes that name the fact's subjects; of a yes to a role the person is a colleague."""
        if self.name in ABOUT_STAFF:
            return ()
        return tuple(name for name, attribute in self.attributes.items() if attribute.names_people)

    def attribute(self, name: str) -> Attribute:
        """One attribute. Raises UnknownWord with the nearest known name."""
        if name not in self.attributes:
            raise UnknownWord(f"{self.name} has no attribute {name!r}{nearest(name, self.attributes)}")
        return self.attributes[name]


def kind(name: str) -> Kind:
    """One kind of fact. Raises UnknownWord with the nearest known kind."""
    if name not in KINDS:
        raise UnknownWord(f"unknown fact kind {name!r}{nearest(name, KINDS)}")
    return KINDS[name]


def _is_date(value: object) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def _clock(type_: Type, *options: str) -> Attribute:
    return Attribute(type_, clock=True, options=options)


ABOUT_STAFF = frozenset({"coordinator.named", "coordinator.accepted", "contact_person.accepted"})
"""The kinds whose person is a colleague: they are about nobody of the family."""

_PERSON = _clock(Type.PERSON)
_PEOPLE = _clock(Type.PEOPLE)
_CODE = _clock(Type.TEXT)
_THING = _clock(Type.THING)
_DAY = _clock(Type.DATE)
_YES = _clock(Type.FLAG)
_COUNT = _clock(Type.INTEGER)
_SECTOR = _clock(Type.TEXT, "region", "municipality", "other")
_REASON = Attribute(Type.THING)
"""Free text never stands in a fact: a reason is the id of the item that holds it, or a short code."""

_EFFORT = {
    "effort": _THING,
    "type": _CODE,
    "sector": _SECTOR,
    "person": _PERSON,
    "people": _PEOPLE,
    "mode": _CODE,
}
_MEETING = {"meeting": _THING, "kind": _CODE, "people": _PEOPLE}
_CONSENT = {"person": _PERSON, "receiver": _CODE, "categories": _CODE, "purpose": _CODE, "consent": _THING}
_HANDOVER = {
    "handover": _THING,
    "kind": _clock(Type.TEXT, "staff", "municipality", "sector", "adulthood"),
    "to_role": _clock(Type.ROLE),
    "from_role": _clock(Type.ROLE),
}
_STAY = {"person": _PERSON, "stay": _THING, "type": _CODE}
_REPORT = {"person": _PERSON, "report": _THING}


def _kind(
    name: str,
    rank: int,
    category: str,
    da: str,
    en: str,
    attributes: Mapping[str, Attribute] | None = None,
    *,
    is_instant: bool = False,
    also: tuple[str, ...] = (),
) -> tuple[str, Kind]:
    return name, Kind(name, rank, category, da, en, attributes or {}, is_instant, also)


KINDS: dict[str, Kind] = dict(
    [
        _kind("referral.sent", 5, "SOCIAL", "Henvisning sendt", "Referral sent",
              {"referral": _THING, "from_sector": _SECTOR}),
        _kind("referral.accepted", 6, "SOCIAL", "Henvisning modtaget", "Referral accepted",
              {"referral": _THING, "by_sector": _SECTOR}),
        _kind("referral.declined", 7, "SOCIAL", "Henvisning afvist", "Referral declined",
              {"referral": _THING, "reason": _REASON}),
        _kind("course.opened", OPENING, "EVERYDAY", "Forløbet åbnet", "Course opened",
              {"started_by": _SECTOR}),
        _kind("track.chosen", 12, "EVERYDAY", "Spor valgt", "Track chosen",
              {"track": _CODE, "phase": _CODE, "reason": _REASON}),
        _kind("course.upgraded", 13, "EVERYDAY", "Modellens udgave skiftet", "Version of the model changed",
              {"before": _CODE, "after": _CODE, "reason": _REASON}),
        _kind("level.set", 13, "EVERYDAY", "Niveau sat", "Level set",
              {"level": _COUNT, "reason": _REASON}),
        _kind("eligibility.checked", 14, "SOCIAL", "Målgruppe afklaret", "Target group checked",
              {"result": _clock(Type.TEXT, "yes", "no", "unknown"), "reason": _REASON},
              also=("EVERYDAY",)),
        _kind("treatment.known", 15, "HEALTH", "Behandling oplyst", "Treatment known",
              {"person": _PERSON, "ongoing": _YES, "ended_on": _DAY}),
        _kind("need.stated", ORDINARY, "EVERYDAY", "Familiens behov beskrevet", "The family's needs stated",
              {"people": _PEOPLE, "document": _THING, "kind": _CODE}),
        _kind("coordinator.named", 20, "EVERYDAY", "Koordinator udpeget", "Coordinator named",
              {"role": _clock(Type.ROLE), "person": _PERSON}),
        _kind("coordinator.accepted", 21, "EVERYDAY", "Koordinator har sagt ja", "Coordinator accepted",
              {"role": _clock(Type.ROLE), "person": _PERSON}),
        _kind("contact_person.accepted", 22, "EVERYDAY", "Kontaktperson har sagt ja",
              "Contact person accepted",
              {"role": _clock(Type.ROLE), "sector": _SECTOR, "person": _PERSON}),
        _kind("contact.made", ORDINARY, "EVERYDAY", "Kontakt", "Contact made",
              {"kind": _CODE, "people": _PEOPLE, "duration": Attribute(Type.INTEGER)}),
        _kind("information.given", 30, "EVERYDAY", "Information givet", "Information given",
              {"person": _PERSON, "kind": _CODE}),
        _kind("consent.given", 31, "IDENTITY", "Samtykke givet", "Consent given",
              {**_CONSENT, "expires_on": _DAY}),
        _kind("consent.withdrawn", CLOSING, "IDENTITY", "Samtykke trukket tilbage", "Consent withdrawn",
              _CONSENT),
        _kind("consent.refused", 32, "IDENTITY", "Sagt nej til samtykke", "Consent refused", _CONSENT),
        _kind("consent.reviewed", ORDINARY, "IDENTITY", "Samtykker gennemgået", "Consents reviewed",
              {"people": _PEOPLE}),
        _kind("child_view.recorded", ORDINARY, "EVERYDAY", "Barnets synspunkt noteret",
              "Child's view recorded",
              {"person": _PERSON, "source": _CODE, "meeting": _THING, "own_words": _YES}),
        _kind("meeting.planned", 40, "EVERYDAY", "Møde aftalt", "Meeting planned",
              {**_MEETING, "takes_place_on": _DAY}),
        _kind("meeting.held", ORDINARY, "EVERYDAY", "Møde holdt", "Meeting held",
              {**_MEETING, "place": _CODE, "child_present": _YES, "family_present": _YES,
               "network_present": _YES, "adult_side_present": _YES, "decision_maker_present": _YES,
               "child_declined": _YES, "sectors": _COUNT, "departments": _COUNT}),
        _kind("meeting.cancelled", CLOSING, "EVERYDAY", "Møde aflyst", "Meeting cancelled",
              {**_MEETING, "reason": _REASON}),
        _kind("minutes.shared", 60, "EVERYDAY", "Referat delt", "Minutes shared", {"meeting": _THING}),
        _kind("plan.agreed", ORDINARY, "EVERYDAY", "Fælles plan aftalt", "Shared plan agreed",
              {"plan": _THING, "kind": _CODE, "goals": _COUNT, "people": _PEOPLE,
               "family_present": _YES}),
        _kind("plan.revised", 55, "EVERYDAY", "Fælles plan ændret", "Shared plan revised",
              {"plan": _THING, "kind": _CODE, "goals": _COUNT, "people": _PEOPLE,
               "family_present": _YES}),
        _kind("child_plan.ready", ORDINARY, "SOCIAL", "Barnets plan færdig", "Child's plan ready",
              {"person": _PERSON, "people": _PEOPLE, "effort": _THING, "plan": _THING}),
        _kind("youth_plan.ready", ORDINARY, "SOCIAL", "Ungeplan færdig", "Youth plan ready",
              {"person": _PERSON, "plan": _THING}),
        _kind("goal.set", 45, "EVERYDAY", "Mål sat", "Goal set",
              {"goal": _THING, "lead_sector": _CODE, "due_on": _DAY, "own_words": _YES, "people": _PEOPLE,
               "mode": _CODE}),
        _kind("goal.rated", ORDINARY, "EVERYDAY", "Mål vurderet", "Goal rated",
              {"goal": _THING, "level": _COUNT, "people": _PEOPLE}),
        _kind("goal.closed", CLOSING, "EVERYDAY", "Mål afsluttet", "Goal closed",
              {"goal": _THING, "people": _PEOPLE}),
        _kind("agreement.made", 46, "EVERYDAY", "Aftale indgået", "Agreement made",
              {"agreement": _THING, "due_on": _DAY, "role": _clock(Type.ROLE)}),
        _kind("agreement.kept", 56, "EVERYDAY", "Aftale holdt", "Agreement kept", {"agreement": _THING}),
        _kind("agreement.broken", 57, "EVERYDAY", "Aftale ikke holdt", "Agreement not kept",
              {"agreement": _THING}),
        _kind("effort.requested", 33, "SOCIAL", "Indsats ønsket", "Effort requested", _EFFORT),
        _kind("effort.decided", 34, "SOCIAL", "Indsats besluttet", "Effort decided",
              {**_EFFORT, "basis": _CODE, "plan": _YES}),
        _kind("effort.started", 35, "SOCIAL", "Indsats begyndt", "Effort started",
              {**_EFFORT, "basis": _CODE, "planned_end": _DAY}),
        _kind("effort.changed", 58, "SOCIAL", "Indsats ændret", "Effort changed",
              {**_EFFORT, "planned_end": _DAY}),
        _kind("effort.ended", CLOSING, "SOCIAL", "Indsats afsluttet", "Effort ended",
              {**_EFFORT, "reason": _REASON}),
        _kind("assessment.finished", 36, "SOCIAL", "Undersøgelse færdig", "Assessment finished",
              {"person": _PERSON, "kind": _CODE, "effort": _THING}),
        _kind("tool.completed", ORDINARY, "EVERYDAY", "Redskab udfyldt", "Tool completed",
              {"tool": _CODE, "person": _PERSON, "people": _PEOPLE, "document": _THING, "filled": _COUNT}),
        _kind("tool.shared", 61, "EVERYDAY", "Redskab delt", "Tool shared",
              {"tool": _CODE, "audience": _CODE, "person": _PERSON, "document": _THING}),
        _kind("note.sent", ORDINARY, "EVERYDAY", "Notat sendt", "Note sent",
              {"kind": _CODE, "effort": _THING, "stay": _THING, "sector": _SECTOR, "person": _PERSON,
               "document": _THING}),
        _kind("measure.answered", ORDINARY, "EVERYDAY", "Måling besvaret", "Measure answered",
              {"instrument": _CODE, "informant": _CODE, "person": _PERSON, "round": _CODE}),
        _kind("measure.declined", ORDINARY, "EVERYDAY", "Sagt nej til måling", "Measure declined",
              {"instrument": _CODE, "informant": _CODE, "person": _PERSON, "round": _CODE}),
        _kind("handover.requested", 47, "EVERYDAY", "Overdragelse ønsket", "Handover requested", _HANDOVER),
        _kind("handover.accepted", 48, "EVERYDAY", "Overdragelse modtaget", "Handover accepted", _HANDOVER),
        _kind("handover.declined", 49, "EVERYDAY", "Overdragelse afvist", "Handover declined", _HANDOVER),
        _kind("decision.made", 51, "SOCIAL", "Beslutning truffet", "Decision made",
              {"kind": _CODE, "outcome": _CODE, "person": _PERSON, "effort": _THING, "due_on": _DAY,
               "meeting": _THING, "role": _clock(Type.ROLE)}, also=("EVERYDAY",)),
        _kind("financing.agreed", 52, "SOCIAL", "Fælles betaling aftalt", "Joint financing agreed",
              {"effort": _THING, "meeting": _THING, "kind": _CODE, "departments": _COUNT}),
        _kind("change.requested", 44, "EVERYDAY", "Ønske om ændring", "Change wished for",
              {"request": _THING, "kind": _CODE, "people": _PEOPLE}),
        _kind("change.answered", 54, "EVERYDAY", "Svar på ønske om ændring", "Wish for change answered",
              {"request": _THING, "outcome": _CODE}),
        _kind("sparring.requested", 44, "EVERYDAY", "Sparring ønsket", "Sparring requested",
              {"request": _THING, "kind": _CODE}),
        _kind("transition.started", ORDINARY, "SOCIAL", "Overgang til voksenliv begyndt",
              "Transition to adulthood started", {"person": _PERSON}),
        _kind("course.linked", 53, "EVERYDAY", "Knyttet til et andet forløb", "Tied to another course",
              {"programme": _CODE, "how": _clock(Type.TEXT, "starts", "links"), "course": _THING,
               "person": _PERSON}),
        _kind("follow_up.held", ORDINARY, "SOCIAL", "Opfølgning holdt", "Follow-up held",
              {"kind": _CODE, "effort": _THING, "person": _PERSON, "people": _PEOPLE, "rhythm": _CODE}),
        _kind("disclosure.made", ORDINARY, "IDENTITY", "Oplysninger delt", "Information shared",
              {"person": _PERSON, "people": _PEOPLE, "receiver": _CODE, "categories": _CODE,
               "basis": _clock(Type.TEXT, "consent", "statute")}),
        _kind("contact_session.logged", ORDINARY, "EVERYDAY", "Session noteret", "Session logged",
              {"kind": _CODE, "people": _PEOPLE, "outside_hours": _YES, "duration": _COUNT,
               "professional": _CODE, "feedback": _YES, "flat": _YES}),
        _kind("setting.changed", 59, "WHEREABOUTS", "Ramme ændret", "Setting changed",
              {"person": _PERSON, "people": _PEOPLE, "setting": _CODE, "intensity": _COUNT}),
        _kind("status.changed", 59, "EMPLOYMENT", "Uddannelse eller arbejde ændret",
              "Education or work changed",
              {"person": _PERSON,
               "status": _clock(Type.TEXT, "education", "job", "employment-directed", "none")}),
        _kind("admission", 37, "HEALTH", "Indlæggelse", "Admission", _STAY),
        _kind("discharge", CLOSING, "HEALTH", "Udskrivning", "Discharge", _STAY),
        _kind("treatment.changed", 58, "HEALTH", "Behandling ændret", "Treatment changed",
              {"person": _PERSON, "stay": _THING, "kind": _CODE}),
        _kind("concern.raised", 38, "SOCIAL", "Bekymring rejst", "Concern raised",
              {"person": _PERSON, "concern": _THING, "strength": _COUNT}, also=("SCHOOL", "EVERYDAY")),
        _kind("report.received", 38, "SOCIAL", "Underretning modtaget", "Report received", _REPORT,
              is_instant=True),
        _kind("report.assessed", 39, "SOCIAL", "Underretning vurderet", "Report assessed", _REPORT,
              is_instant=True),
        _kind("report.receipted", 39, "SOCIAL", "Kvittering sendt", "Report receipted", _REPORT),
        _kind("child.aware", 37, "SOCIAL", "Kommunen blev opmærksom på barnet", "Municipality became aware",
              {"person": _PERSON}),
        _kind("access.requested", ORDINARY, "IDENTITY", "Aktindsigt ønsket", "Access to file requested",
              {"person": _PERSON, "request": _THING, "kind": _CODE}),
        _kind("access.answered", ORDINARY, "IDENTITY", "Aktindsigt besvaret", "Access to file answered",
              {"person": _PERSON, "request": _THING, "kind": _CODE}),
        _kind("breach.known", ORDINARY, "IDENTITY", "Sikkerhedsbrud opdaget", "Breach known",
              {"breach": _THING}, is_instant=True),
        _kind("breach.notified", ORDINARY, "IDENTITY", "Sikkerhedsbrud anmeldt", "Breach notified",
              {"breach": _THING}, is_instant=True),
        _kind("complaint.received", ORDINARY, "SOCIAL", "Klage modtaget", "Complaint received",
              {"person": _PERSON, "complaint": _THING}),
        _kind("checklist.answered", ORDINARY, "EVERYDAY", "Tjekliste besvaret", "Checklist answered",
              {"criterion": _CODE, "level": _COUNT}),
        _kind("family_copy.given", 70, "IDENTITY", "Familiens kopi givet", "Family copy given",
              {"people": _PEOPLE, "document": _THING}),
        _kind("step.excused", 80, "EVERYDAY", "Trin undtaget med grund", "Step excused with reason",
              {"step": _CODE, "n": _COUNT, "person": _PERSON, "reason": Attribute(Type.TEXT, clock=True)}),
        _kind("fact.withdrawn", 95, "EVERYDAY", "Noteret ved en fejl", "Noted by mistake",
              {"reason": _REASON}),
        _kind("course.closed", 99, "EVERYDAY", "Forløbet afsluttet", "Course closed",
              {"reason": _CODE, "retention": _CODE}),
    ]
)  # fmt: skip
