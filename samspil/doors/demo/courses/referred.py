"""The Møller family: Karim refers them to the municipality, which has not answered yet."""

from datetime import date

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.courses.actions import Checked, Chosen, Words
from samspil.collaboration.courses.models import EligibilityAnswer, ReferralPart
from samspil.collaboration.families import queries as families
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing.models import Way
from samspil.collaboration.sharing.rules import Consent, Receiver, Scope
from samspil.doors.demo.colleagues import CHILDREN, KARIM
from samspil.doors.demo.courses.telling import EVERYDAY, MODEL, by
from samspil.doors.demo.stories import MOELLER
from samspil.foundation.kernel.sharing import HolderKind, Purpose

YES = EligibilityAnswer.Answer.YES
ROLES = {
    "Silas Møller": ("child", "Søn", True),
    "Camilla Møller": ("parent_ill", "Mor", False),
    "Rasmus Bødker": ("co_parent", "Far", False),
}
WISH = "Vi vil gerne have hjælp med Silas, når Camilla skal sove. Og vi vil vide, hvem vi kan ringe til."
HELP = "Hjælp til hverdagen, før barnet kommer. Silas har brug for faste tider."


def refer(today: date) -> None:
    """Begun, filled in and sent by Karim."""
    with by(KARIM) as actor:
        records = {record.name: record for record in families.person_records(actor)}
        silas = records["Silas Møller"]
        version = ProgrammeVersion.objects.get(key=MODEL[0], version=MODEL[1], base=None).pk
        referral = courses.begin_referral(
            actor=actor, subject=silas.subject_id, version=version, to_unit=CHILDREN.id, today=today
        )
        space = referral.space_id
        sheet = course_queries.referral_sheet(actor, space)
        assert sheet is not None  # noqa: S101  it was made a moment ago
        courses.choose_people(
            actor=actor,
            space=space,
            people=[_chosen(person.subject_id, person.name) for person in sheet.people],
            today=today,
        )
        for kind, text in ((ReferralPart.Kind.WISH, WISH), (ReferralPart.Kind.HELP, HELP)):
            words = Words(kind, text, frozenset({silas.subject_id}), said_by="Camilla og Rasmus")
            courses.write_words(actor=actor, space=space, words=words)
        answers = [
            Checked("parent-mental-illness", YES),
            Checked("treated-within-three-years", YES, is_ongoing=True),
            Checked("needs-municipal-effort", YES),
        ]
        courses.check_target(actor=actor, space=space, answers=answers, reason="", today=today)
        receiver = Receiver(HolderKind.UNIT, CHILDREN.id, CHILDREN.authority, CHILDREN.kind.value)
        parents = frozenset(records[name].subject_id for name in ("Camilla Møller", "Rasmus Bødker"))
        for name in ROLES:
            subject = records[name].subject_id
            said_by = parents if name == MOELLER.people[2].name else frozenset({subject})
            scope = Scope(subject, receiver, EVERYDAY, Purpose.COORDINATION)
            consent = Consent(scope, Way.MEETING, said_by, today)
            sharing.register_consent(actor=actor, space=space, consent=consent, today=today)
        courses.say_whom_to_call(
            actor=actor, space=space, name=KARIM.name, phone="12 34 56 90", when="Hverdage 9–15"
        )
        courses.send_referral(actor=actor, space=space, today=today)


def _chosen(subject: object, name: str) -> Chosen:
    role, tie, is_in_focus = ROLES.get(name, ("child", "", False))
    return Chosen(subject, role, tie, is_in_focus=is_in_focus, is_included=name in ROLES)  # type: ignore[arg-type]
