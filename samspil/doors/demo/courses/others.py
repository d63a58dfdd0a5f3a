"""The other families: the coordination passes on, the end is near, and one where it has become quiet."""

from collections.abc import Sequence
from datetime import date, timedelta

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses.models import Handover
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.plans.rules import GoalText, Voice
from samspil.doors.demo.colleagues import KARIM, SIGNE, TINA, VIA_TEAM
from samspil.doors.demo.courses.telling import (
    EVERYDAY,
    Part,
    Telling,
    Yes,
    by,
    opened,
    post,
    said_yes,
    shared_back,
)
from samspil.doors.demo.stories import DAM, OERSTED, YILMAZ, Story
from samspil.foundation.kernel.sharing import Category

ROLES = {SIGNE: "municipal_coordinator", KARIM: "region_case_manager"}
HERE = {KARIM: EVERYDAY | Category.HEALTH}
A_MONTH = 30
PURPOSE = {"kickoff": "Vi mødes første gang.", "status": "Vi ser på målene."}


def tell_yilmaz(today: date) -> Telling:
    """Two homes, six months in. Signe goes on leave and asks Tina to take over."""
    people = (
        Part("Elif", ("child",), in_focus=True),
        Part("Emre", ("child",), in_focus=True),
        Part("Leyla", ("parent_ill",)),
        Part("Murat", ("co_parent",)),
    )
    told = _opened(YILMAZ, people, ("Leyla", "Murat"), weeks=26, today=today)
    _met_every_three_months(told, "Leyla", 26)
    _one_goal(
        told,
        "Emre",
        "Jeg vil gerne vide dagen før, hvor jeg skal sove.",
        (
            "Emre får det at vide samme aften.",
            "Emre får det at vide samme morgen.",
            "Emre ved det dagen før.",
            "Emre ved det hele ugen.",
            "Emre er med til at bestemme det.",
        ),
        agreed=50,
    )
    with by(SIGNE) as actor:
        courses.name_participant(
            actor=actor,
            space=told.space,
            role="municipal_coordinator",
            membership=post(TINA),
            categories=EVERYDAY,
            succeeds=True,
            today=today,
        )
        courses.request_handover(
            actor=actor,
            space=told.space,
            to=post(TINA),
            kind=Handover.Kind.STAFF,
            why="Signe går på barsel om tre uger.",
            matters="Emre spørger efter ugeplanen hver mandag. Ring til begge hjem.",
            overlap_until=today + timedelta(days=21),
            today=today,
        )
    return told


def tell_oersted(today: date) -> Telling:
    """Nearly two years in, and Freja is soon 18: the last meeting and what comes after."""
    people = (
        Part("Freja", ("child",), in_focus=True),
        Part("Dorthe", ("parent_ill",)),
        Part("Bo", ("co_parent",)),
    )
    told = _opened(OERSTED, people, ("Dorthe", "Bo"), weeks=100, today=today, adult_enough=("Freja",))
    _met_every_three_months(told, "Dorthe", 100)
    _one_goal(
        told,
        "Freja",
        "Jeg vil kunne flytte hjemmefra uden at have dårlig samvittighed.",
        (
            "Freja tør ikke tale om det.",
            "Freja har sagt det til sin mor.",
            "Freja og Dorthe har lavet en plan for det.",
            "Freja har fundet et sted.",
            "Freja er flyttet og har det godt med det.",
        ),
        agreed=45,
    )
    return told


def tell_dam(today: date) -> Telling:
    """Four months in. They met, the plan was agreed, and for a month it has been quiet."""
    people = (
        Part("Emil", ("child",), in_focus=True),
        Part("Ida", ("child",), in_focus=True),
        Part("Charlotte", ("parent_ill",)),
    )
    told = _opened(DAM, people, ("Charlotte",), weeks=19, today=today)
    guests = [Guest(post=post(SIGNE)), Guest(post=post(KARIM)), Guest(person=told.who("Charlotte"))]
    _met(told, "kickoff", 24, guests)
    _met(told, "status", 99, guests)
    for day in (66, 101):
        told.fact(KARIM, "contact.made", day, kind="coordination", duration=10)
    _one_goal(
        told,
        "Emil",
        "Jeg vil se Ida hver uge, ikke kun når der er tid.",
        (
            "De ses en gang om måneden.",
            "De ses hver anden uge.",
            "De ses hver uge.",
            "De ses og bestemmer selv, hvad de laver.",
            "De ringer også sammen.",
        ),
        agreed=40,
    )
    return told


def _opened(
    story: Story,
    people: tuple[Part, ...],
    parents: tuple[str, ...],
    *,
    weeks: int,
    today: date,
    adult_enough: tuple[str, ...] = (),
) -> Telling:
    children = [part.name for part in people if part.in_focus]
    answers = [
        *(
            Yes(name, VIA_TEAM, said_by=(*parents, name) if name in adult_enough else parents)
            for name in children
        ),
        *(Yes(name, VIA_TEAM) for name in parents),
    ]
    told = opened(story, SIGNE, people, answers, ROLES, weeks=weeks, today=today, categories=HERE)
    said_yes(told, KARIM, 5)
    said_yes(told, SIGNE, 7)
    shared_back(told, (KARIM,))
    told.fact(KARIM, "eligibility.checked", 0, result="yes")
    told.fact(SIGNE, "coordinator.named", 6, role="municipal_coordinator", person=str(post(SIGNE)))
    told.fact(SIGNE, "need.stated", 12, people=[str(told.who(name)) for name in (*children, *parents)])
    for name in (*parents, *adult_enough):
        told.fact(
            KARIM,
            "consent.given",
            5,
            person=str(told.who(name)),
            receiver="municipality",
            purpose="coordination",
        )
    for step in ("psychoeducation", "parental-training"):
        told.leave_out(SIGNE, step, "Familien har haft det i et tidligere forløb i regionen.", 50)
    told.fact(SIGNE, "tool.completed", 36, tool="effort-overview")
    told.fact(KARIM, "tool.completed", 62, tool="safety-plan")
    for name in children:
        told.fact(KARIM, "tool.shared", 70, tool="safety-plan", audience="child", person=str(told.who(name)))
    return told


def _met(told: Telling, kind: str, day: int, guests: Sequence[Guest]) -> None:
    """They met; each child was heard the day before."""
    for child in told.in_focus:
        told.fact(SIGNE, "child_view.recorded", day - 1, person=str(child))
    told.meeting(kind, day, purpose=PURPOSE[kind], place="Familiehuset", guests=guests)


def _met_every_three_months(told: Telling, parent: str, weeks: int) -> None:
    guests = [Guest(post=post(SIGNE)), Guest(post=post(KARIM)), Guest(person=told.who(parent))]
    _met(told, "kickoff", 24, guests)
    for day in range(24 + 3 * A_MONTH, 7 * weeks - 20, 3 * A_MONTH):
        _met(told, "status", day, guests)
    for day in range(24 + 42, 7 * weeks - 14, 42):
        told.fact(KARIM, "contact.made", day, kind="coordination", duration=10)


def _one_goal(told: Telling, name: str, words: str, steps: tuple[str, ...], *, agreed: int) -> None:
    told.goal(
        SIGNE,
        name,
        GoalText(
            words=words,
            own_words=True,
            said_by=told.who(name),
            said_on=told.day(agreed - 10),
            steps=steps,
            start=-2,
            lead_sector="municipality",
            owner_post=post(SIGNE),
            due_on=told.today + timedelta(days=2 * A_MONTH),
        ),
    )
    told.agree(agreed, [Voice(told.who(one), "agreed") for one in told.records if told.is_here(one)])
    told.rate(SIGNE, name, -1, agreed + A_MONTH)
