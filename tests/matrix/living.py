"""What lives in the matrix's world: a course with something of everything, and two referrals.

Everything is written through the house's own actions by those who may. Each text is a canary.
"""

from datetime import date, timedelta
from uuid import UUID

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due
from samspil.collaboration.courses.actions.opening import write_course
from samspil.collaboration.courses.actions.team import write_part
from samspil.collaboration.courses.models import Handover, Participant
from samspil.collaboration.courses.rules import Left, Named, Newcomer
from samspil.collaboration.families.models import TieKind
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.meetings import actions as meetings
from samspil.collaboration.meetings.actions import Place
from samspil.collaboration.meetings.models import Meeting, ReplyAnswer
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.plans import queries as plans
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.access import actions as access
from samspil.foundation.desk.versions import version_of
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import acting
from tests.factories.closing import PDF
from tests.factories.courses import ACourse, a_version
from tests.factories.families import a_person, a_tie
from tests.factories.journal import ADULT, a_child_view, a_document, a_note, a_sent_note
from tests.factories.meetings import NETWORK, a_meeting, a_point, held, shared, the_invitation
from tests.factories.models import a_variant, adopted, own_step
from tests.factories.owner import as_owner
from tests.factories.plans import a_goal, a_plan, an_agreement, an_effort
from tests.factories.referrals import AReferral
from tests.matrix.world import CHILD, FATHER, KEEPER, MOTHER, World

TODAY = clock.today()
OPENED = TODAY - timedelta(days=40)
BORN = date(TODAY.year - 9, 5, 1)
CLINICIAN, TEACHER = "region's clinician in the team", "teacher in the team"
ROLES = {KEEPER: "municipal_coordinator", CLINICIAN: "region_case_manager", TEACHER: "municipal_service"}

GOAL, LATER_GOAL = "Jeg vil grinkolave", "Jeg vil svupkøre"
AGREEMENT, EFFORT = "Ringer til xyblafant", "Forløbet vorkuplis"
HEALTH_NOTE, DAILY_NOTE, SENT_NOTE = "Medicinen blovarin er ændret", "Spiller zolfibold", "Kald kvaxelund"
UNSHOWN_VIEW, SHOWN_VIEW = "Jeg er bange for gromsulen", "Jeg er glad for plivetanten"
SIGN, WHO_DOES_WHAT = "Sover kun på smøgtrapper", "Farmor Dvalfinke"
POINT = "Om trolvasen"
PLACE, REPLY, MINUTES = "Lokale Qvintus", "Helst efter kvorken", "Enige om splof"
HANDOVER, REMAINDER = "Familien flytter til Nosquelund", "Ring til Vextrup"
UNSENT_CHILD, UNSENT_FATHER, UNSENT_MOTHER = "Usendtbarn Vlokka", "Usendtfar Vlokka", "Usendtmor Vlokka"
UNSENT_WISH = "Ro om aftenen i Zwimpelhus"
SENT_CHILD, SENT_FATHER, SENT_MOTHER = "Sendtbarn Hjurmo", "Sendtfar Hjurmo", "Sendtmor Hjurmo"
SENT_WISH, SENT_HEALTH = "Hjælp til morgenmad i Dribblegård", "Mors diagnose er knurvatose"


def live(world: World) -> None:
    """Fill the course of the world, and make the two referrals. Needs the relations and the basis."""
    version = a_version()
    course = _open(world, version)
    _plan(world, course)
    _journal(world, course)
    _meet(world, course)
    _hand_over(world, course)
    _close(world, course)
    _unsent(world, version)
    _sent(world, version)
    world.things["version"] = version
    _models(world, version)


def _open(world: World, version: UUID) -> ACourse:
    keeper, space = world.knockers[KEEPER].actor, world.space
    child, father, mother = (world.records[name].subject_id for name in (CHILD, FATHER, MOTHER))
    people = [
        Newcomer(child, BORN, ("child",), in_focus=True, name=CHILD),
        Newcomer(father, date(1985, 3, 1), ("parent_ill",), name=FATHER),
        Newcomer(mother, date(1987, 3, 1), ("co_parent",), name=MOTHER),
    ]
    with acting(keeper):
        access.lock_space(actor=keeper, space=space)
        made = write_course(keeper, space, version, people, OPENED)
        for name, role in ROLES.items():
            world.things[f"part of {name}"] = _part(world, name, role).pk
        write_fact_and_due(keeper, frame_of(space), rules.OPENED, OPENED, {}, today=TODAY)
    course = ACourse(made, keeper, child, father, mother)
    with acting(keeper):
        part = Participant.objects.get(pk=world.things[f"part of {KEEPER}"])
        courses.accept_role(actor=keeper, participant=part, today=TODAY)
    world.things["fact"] = course.note("contact.made", kind="other").pk
    return course


def _part(world: World, name: str, role: str) -> Participant:
    """Who stands in the team already fills a role of the model."""
    one = world.knockers[name]
    assert one.membership is not None
    assert one.unit is not None
    assert one.authority is not None
    return write_part(world.space, Named(role, one.membership, one.unit, one.unit, one.authority), TODAY)


def _plan(world: World, course: ACourse) -> None:
    goal = a_goal(course, words=GOAL)
    a_plan(course)
    a_goal(course, words=LATER_GOAL)
    agreement = an_agreement(course, course.mother, what=AGREEMENT)
    effort = an_effort(course, what=EFFORT)
    world.things |= {"goal": goal.thread, "agreement": agreement.pk, "effort": effort.thread}
    world.things["effort item"] = effort.pk
    with acting(course.anna) as keeper:
        standing = plans.goals_standing(keeper, course.space)
        row = plans.effort(keeper, course.space, effort.thread)
        assert row is not None
        first = next(one for one in standing if one.thread == goal.thread)
        world.tokens |= {"goals": version_of(*standing), "goal": version_of(first)}
        world.tokens["effort"] = version_of(row.effort)


def _journal(world: World, course: ACourse) -> None:
    health = a_note(course, course.father, category=Category.HEALTH, text=HEALTH_NOTE)
    world.things["health note"] = health.pk
    world.tokens["health note"] = version_of(health)
    world.things["daily note"] = a_note(course, text=DAILY_NOTE).pk
    unshown = a_child_view(course, words=UNSHOWN_VIEW)
    world.things["unshown view"] = unshown.pk
    world.tokens["unshown view"] = version_of(unshown)
    world.things["shown view"] = a_child_view(course, words=SHOWN_VIEW, answer=ShowAnswer.YES).pk
    data = {
        **ADULT,
        "signs": [{"sign": SIGN, "act": "Ringer"}],
        "tasks": [{"who": WHO_DOES_WHAT, "what": "Henter"}],
    }
    world.things["document"] = a_document(course, data=data).pk
    world.things["sent note"] = a_sent_note(course, text=SENT_NOTE).pk


INVITED = ("keeper", "clinician", "father", "child", "grandmother")


def _meet(world: World, course: ACourse) -> None:
    """A meeting to come, one that should have been held, one without minutes and one with."""
    call = _called(world, course, "at the meeting", TODAY + timedelta(days=7))
    world.things["meeting"] = call.pk
    a_point(course, call)
    world.things["point"] = a_point(course, call, POINT)
    with acting(course.anna) as keeper:
        meetings.reply_to(
            actor=keeper,
            space=course.space,
            meeting=call.pk,
            invitation=world.things["child at the meeting"],
            answer=ReplyAnswer.OTHER,
            words=REPLY,
            today=TODAY,
        )
    past = TODAY - timedelta(days=3)
    world.things["past meeting"] = _called(world, course, "at the past one", past).pk
    for name in ("meeting without minutes", "meeting that was held"):
        one = a_meeting(course, on=past)
        held(course, one, past)
        world.things[name] = one.pk
    world.things["minutes"] = shared(course, one, MINUTES).pk


def _called(world: World, course: ACourse, which: str, on: date) -> Meeting:
    """A meeting, and the ids of its invitations."""
    clinician = world.knockers[CLINICIAN].actor
    call = a_meeting(course, "kickoff", clinician, on=on, place=Place(text=PLACE))
    guests = (
        Guest(post=course.anna.membership_id),
        Guest(post=clinician.membership_id),
        Guest(person=course.father),
        Guest(person=course.alma),
        Guest(name=NETWORK),
    )
    for name, guest in zip(INVITED, guests, strict=True):
        world.things[f"{name} {which}"] = the_invitation(course, call, guest)
    return call


def _hand_over(world: World, course: ACourse) -> None:
    to = world.knockers[CLINICIAN].membership
    assert to is not None
    with acting(course.anna) as keeper:
        asked = courses.request_handover(
            actor=keeper, space=course.space, to=to, kind=Handover.Kind.SECTOR, why=HANDOVER, today=TODAY
        )
    world.things["handover"] = asked.pk


def _close(world: World, course: ACourse) -> None:
    with acting(course.anna) as keeper:
        open_things = (world.things["agreement"], world.things["effort item"])
        each = [Left("Kommunen følger op", thing, "Det") for thing in open_things]
        left = [Left(REMAINDER), *each]
        courses.write_remainders(actor=keeper, space=course.space, left=left)
        courses.keep_family_copy(
            actor=keeper, space=course.space, reader=course.father, content=PDF, name="kopi.pdf", today=TODAY
        )


def _models(world: World, version: UUID) -> None:
    """The home authority runs VIA with a step of its own; the agency owns a version of a model."""
    row = adopted(
        world.knockers["administrator"].actor, version, variant=a_variant(version, adds=(own_step(version),))
    )
    world.things["variant"] = row.runs_id
    bti = programmes.version_of("bti", "2012-adapted-2024")
    assert bti is not None
    owner = bti.programme.owner.model_copy(update={"name": "Organisation agency"})
    owned = bti.programme.model_copy(update={"version": "9-owned", "owner": owner})
    with as_owner():
        ProgrammeVersion.objects.create(
            key=owned.key,
            version=owned.version,
            content_hash=owned.content_hash,
            definition=programmes.written(owned),
            loaded_at=clock.now(),
        )


# --- referrals -------------------------------------------------------------------------------------------


def _unsent(world: World, version: UUID) -> None:
    """The keeper writes about another family of the own unit. Everything is ready but the click."""
    family = (UNSENT_CHILD, UNSENT_FATHER, UNSENT_MOTHER)
    one = _begun(world, "unsent", KEEPER, CLINICIAN, version, family)
    _prepared(one, UNSENT_WISH)


def _sent(world: World, version: UUID) -> None:
    """The region refers a family of its own. About the mother's health nobody has said yes."""
    family = (SENT_CHILD, SENT_FATHER, SENT_MOTHER)
    one = _begun(world, "sent", CLINICIAN, KEEPER, version, family)
    _prepared(one, SENT_WISH)
    one.write(SENT_HEALTH, "more", Category.HEALTH, one.mother)
    one.send()


def _begun(
    world: World, key: str, sender: str, receiver: str, version: UUID, family: tuple[str, str, str]
) -> AReferral:
    by, to = world.knockers[sender].actor, world.knockers[receiver].actor
    child, father, mother = (
        a_person(by, name, born=born)
        for name, born in zip(family, (BORN, date(1984, 2, 3), date(1986, 7, 9)), strict=True)
    )
    world.records |= dict(zip(family, (child, father, mother), strict=True))
    for parent in (father, mother):
        for bond in (TieKind.PARENT, TieKind.CUSTODY):
            a_tie(by, parent, bond, child)
    with acting(by):
        begun = courses.begin_referral(
            actor=by, subject=child.subject_id, version=version, to_unit=to.unit_id, today=TODAY
        )
    world.spaces[key] = begun.space_id
    return AReferral(by, to, child, father, mother, begun.space_id)


def _prepared(one: AReferral, wish: str) -> None:
    one.choose()
    one.write(wish)
    one.check()
    for person in one.family:
        one.consent(person)
    one.consent(one.father, Category.HEALTH)
    one.call()
