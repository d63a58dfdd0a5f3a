"""The Lund family, thirteen weeks into VIA Family: two sectors, one plan, one thing late and one missed."""

from datetime import date, timedelta

from samspil.collaboration.journal import actions as journal
from samspil.collaboration.journal.models import Heard, NoteKind, ShowAnswer
from samspil.collaboration.meetings.models import ReplyAnswer
from samspil.collaboration.meetings.rules import Guest, PointText
from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans.rules import Doer, EffortText, GoalText, Happening, Voice
from samspil.collaboration.sharing.models import Answer
from samspil.doors.demo.colleagues import ANDERS, KARIM, LONE, SCHOOL, SIGNE, VIA_TEAM, YOUTH, Colleague
from samspil.doors.demo.courses.telling import (
    EVERYDAY,
    Part,
    Telling,
    Yes,
    by,
    joined,
    opened,
    post,
    said_yes,
    shared_back,
)
from samspil.doors.demo.stories import LUND
from samspil.foundation.kernel.sharing import Category

PARENTS = ("Mette", "Jens")
PEOPLE = (
    Part("Alma", ("child",), in_focus=True),
    Part("Noah", ("child",), in_focus=True),
    Part("Mette", ("co_parent",)),
    Part("Jens", ("parent_ill",)),
)
OF_SCHOOL = Category.IDENTITY | Category.EVERYDAY | Category.SCHOOL
ANSWERS = (
    Yes("Alma", VIA_TEAM, EVERYDAY | Category.SCHOOL, said_by=PARENTS),
    Yes("Noah", VIA_TEAM, EVERYDAY, said_by=(*PARENTS, "Noah")),
    Yes("Mette", VIA_TEAM),
    Yes("Mette", VIA_TEAM, Category.HEALTH, answer=Answer.NO),
    Yes("Jens", VIA_TEAM, EVERYDAY | Category.HEALTH),
    Yes("Alma", SCHOOL, OF_SCHOOL, said_by=PARENTS),
    Yes("Noah", YOUTH, EVERYDAY, said_by=(*PARENTS, "Noah")),
)
ROLES = {SIGNE: "municipal_coordinator", KARIM: "region_case_manager"}
CATEGORIES: dict[Colleague, Category] = {KARIM: EVERYDAY | Category.SCHOOL | Category.HEALTH}
ALSO = {LONE: OF_SCHOOL, ANDERS: EVERYDAY}
WEEKS = 13


def tell(today: date) -> Telling:
    """From the first day to this week."""
    told = opened(LUND, SIGNE, PEOPLE, ANSWERS, ROLES, weeks=WEEKS, today=today, categories=CATEGORIES)
    said_yes(told, KARIM, 6)
    said_yes(told, SIGNE, 19)
    for colleague, mask in ALSO.items():
        joined(told, colleague, "municipal_service", mask)
        said_yes(told, colleague)
    shared_back(told, (KARIM, LONE, ANDERS))
    _the_beginning(told)
    _the_plan(told)
    _what_each_does(told)
    _what_was_said(told)
    _the_safety_plans(told)
    _the_next_meeting(told)
    return told


def _the_beginning(told: Telling) -> None:
    told.fact(KARIM, "eligibility.checked", 0, result="yes")
    for name in ("Mette", "Jens", "Noah"):
        told.fact(
            SIGNE, "consent.given", 4, person=str(told.who(name)), receiver="region", purpose="coordination"
        )
    told.fact(SIGNE, "need.stated", 16, people=[str(one) for one in told.whom(("Alma", "Noah", *PARENTS))])
    told.fact(SIGNE, "coordinator.named", 18, role="municipal_coordinator", person=str(post(SIGNE)))


def _guests(told: Telling, *colleagues: Colleague) -> list[Guest]:
    family = [Guest(person=told.who(name)) for name in ("Mette", "Jens", "Alma", "Noah")]
    return [*family, *(Guest(post=post(one)) for one in colleagues), Guest(name="Farmor Inge")]


def _the_plan(told: Telling) -> None:
    told.meeting(
        "kickoff",
        24,
        purpose="Vi mødes første gang, alle sammen, og hører, hvad der er vigtigt for jer.",
        place="Hjemme hos familien",
        guests=_guests(told, SIGNE, KARIM),
        minutes="Vi hilste på hinanden hjemme i stuen. Alma og Noah fortalte, hvad der er vigtigt for dem. "
        "Jens sagde selv, hvad han gerne vil have hjælp til. Signe er den, I ringer til.",
    )
    told.goal(
        KARIM,
        "Alma",
        GoalText(
            words="Jeg vil vide, hvad jeg skal gøre, når far får det dårligt igen.",
            own_words=True,
            said_by=told.who("Alma"),
            said_on=told.day(22),
            steps=(
                "Alma ved ikke, hvem hun kan ringe til.",
                "Alma ved, hvem hun kan ringe til, men ikke hvornår.",
                "Alma ved, hvem hun kan ringe til, og hvornår.",
                "Alma har ringet, da hun havde brug for det.",
                "Alma siger selv til, før det bliver svært.",
            ),
            start=-2,
            lead_sector="region",
            owner_post=post(KARIM),
            due_on=told.today + timedelta(days=30),
        ),
    )
    told.goal(
        SIGNE,
        "Mette",
        GoalText(
            words="Jeg vil ikke være den eneste, der husker alt for alle.",
            own_words=True,
            said_by=told.who("Mette"),
            said_on=told.day(37),
            steps=(
                "Mette holder styr på alle aftaler alene.",
                "Aftalerne står ét sted, men Mette skriver dem.",
                "Mette har én at ringe til, og hun gør det.",
                "Jens holder selv styr på sine aftaler.",
                "Familien glemmer, at det var svært.",
            ),
            start=-1,
            lead_sector="municipality",
            owner_post=post(SIGNE),
            due_on=told.today + timedelta(days=60),
        ),
    )
    told.goal(
        SIGNE,
        "Noah",
        GoalText(
            words="Jeg vil passe HF uden at være den voksne derhjemme.",
            own_words=True,
            said_by=told.who("Noah"),
            said_on=told.day(37),
            steps=(
                "Noah kommer én dag om ugen.",
                "Noah kommer tre dage om ugen.",
                "Noah kommer hver dag i to uger.",
                "Noah kommer hver dag i to måneder.",
                "Noah tænker på HF som sit eget.",
            ),
            start=-1,
            lead_sector="municipality",
            owner_post=post(ANDERS),
            due_on=told.today + timedelta(days=90),
        ),
    )
    told.agree(
        37,
        [
            Voice(told.who("Alma"), "agreed"),
            Voice(told.who("Noah"), "not-agreed", reason="Enig i to af tre. Noah vil selv finde en mentor."),
            Voice(told.who("Mette"), "agreed"),
            Voice(told.who("Jens"), "agreed", words="Det er godt, at det ikke kun handler om mig."),
        ],
    )
    told.rate(KARIM, "Alma", -1, 71, "Jeg kan godt ringe til farmor, men om natten ved jeg det ikke.")
    told.rate(SIGNE, "Mette", 0, 71, "Jeg ringer til Signe nu.")
    told.rate(SIGNE, "Noah", -1, 71)
    told.agreement(
        KARIM,
        "Viser Alma tryghedsplanen sammen med Jens",
        doer=Doer(post=post(KARIM)),
        about=("Alma",),
        made=71,
        due=told.today + timedelta(days=4),
        goal="Alma",
    )
    told.agreement(
        SIGNE,
        "Samler alle møder i én kalender",
        doer=Doer(post=post(SIGNE)),
        about=("Mette",),
        made=37,
        due=told.day(56),
        goal="Mette",
        kept=51,
    )
    told.agreement(
        SIGNE,
        "Finder en mentor sammen med Noah",
        doer=Doer(post=post(ANDERS)),
        about=("Noah",),
        made=64,
        due=told.today + timedelta(days=9),
        goal="Noah",
    )


def _what_each_does(told: Telling) -> None:
    guidance = EffortText(
        type="family-guidance",
        what="Familievejledning tirsdag kl. 17",
        sector="municipality",
        provider="Familiehuset",
        purpose="I får hjælp til hverdagen, mens Jens er ved at komme sig.",
        purpose_child="En voksen kommer hjem til jer om tirsdagen. Så klarer mor det ikke alene.",
    )
    with by(SIGNE, told.day(49)) as actor:
        effort = plans.write_effort(
            actor=actor,
            space=told.space,
            subjects=told.whom(("Alma", *PARENTS)),
            text=guidance,
            first=Happening("decided", told.day(44)),
            today=told.today,
        )
        plans.note_step(actor=actor, effort=effort, step=Happening("started", told.day(49)), today=told.today)
        plans.note_view(
            actor=actor,
            effort=effort,
            person=told.who("Mette"),
            words="Det er rart, at der kommer en, som ikke skal have noget at vide forfra.",
            on=told.day(70),
            today=told.today,
        )
        plans.review_efforts(actor=actor, space=told.space, on=told.day(56), today=told.today)


def _what_was_said(told: Telling) -> None:
    with by(LONE, told.day(22)) as actor:
        said = journal.record_child_view(
            actor=actor,
            space=told.space,
            person=told.who("Alma"),
            words="Jeg vil ikke ligge og lytte om natten. Jeg vil gerne vide, hvem jeg må ringe til, "
            "også når mor er på arbejde.",
            how=Heard.TALK,
            own_words=True,
            on=told.day(22),
            today=told.today,
            answer=ShowAnswer.YES,
            asked_on=told.day(22),
        )
        told.views["Alma"] = said.pk
    told.leave_out(SIGNE, "psychoeducation", "Gennemført i 2025.", 56)
    told.fact(KARIM, "contact.made", 71, kind="coordination", duration=10)
    with by(KARIM, told.day(71)) as actor:
        journal.write_note(
            actor=actor,
            space=told.space,
            category=Category.HEALTH,
            subjects=told.whom(("Jens",)),
            kind=NoteKind.PHONE,
            on=told.day(71),
            text="Jens er trappet ned i medicin efter aftale. Han har sagt ja til, at Signe må vide det.",
            today=told.today,
        )
    with by(SIGNE, told.day(80)) as actor:
        journal.write_note(
            actor=actor,
            space=told.space,
            category=Category.EVERYDAY,
            subjects=told.whom(PARENTS),
            kind=NoteKind.TALK,
            on=told.day(80),
            text="Mette og Jens vil gerne holde statusmødet på skolen. Farmor Inge vil gerne med.",
            today=told.today,
        )


def _the_safety_plans(told: Telling) -> None:
    """The father's own, with his signs; and Alma's, where there is no illness and nothing she must carry."""
    told.paper(KARIM, "safety-plan", "adult", "Jens", JENS_PLAN, 85)
    told.paper(KARIM, "safety-plan", "child", "Alma", ALMA_PLAN, 88)


JENS_PLAN = {
    "signs": [
        {"sign": "Jeg sover under fire timer", "act": "Jeg ringer til Karim samme dag"},
        {"sign": "Jeg tager ikke telefonen", "act": "Jeg siger ja, når Mette ringer for mig"},
    ],
    "helps": "Ro, korte beskeder og en gåtur om formiddagen.",
    "care": [{"name": "Karim Saleh, VIA-teamet", "phone": "12 34 56 90"}],
    "tasks": [
        {"who": "Farmor Inge", "what": "Henter Alma og lader hende sove hos sig", "phone": "12 34 56 61"},
        {"who": "Signe Holm", "what": "Ringer til skolen og til Mette", "phone": "12 34 56 70"},
    ],
    "tells": "Jens siger det selv til børnene: »Jeg har det skidt i dag. Det er ikke jeres skyld.«",
    "children": "Alma er hos farmor Inge. Noah bestemmer selv, om han vil med.",
}
ALMA_PLAN = {
    "may": [
        {"text": "Jeg må ringe til farmor Inge. Også om natten."},
        {"text": "Jeg må sove hos farmor."},
    ],
    "people": [{"name": "Farmor Inge", "phone": "12 34 56 61"}, {"name": "Mor", "phone": "12 34 56 62"}],
    "helps": [{"text": "At læse i min seng med lampen tændt."}],
    "adults": [
        {"text": "Farmor henter mig, hvis det bliver svært."},
        {"text": "Karim og Signe hjælper far. Det skal jeg ikke."},
    ],
}


def _the_next_meeting(told: Telling) -> None:
    guests = _guests(told, SIGNE, KARIM, LONE)
    meeting = told.meeting(
        "status",
        7 * WEEKS + 4,
        purpose="Vi ser på målene sammen: Hvad er lykkedes, og hvad skal ændres?",
        place="Aabybro Skole, lokale 12",
        guests=guests,
    )
    for guest in guests[:3] + guests[4:7]:
        told.answer(meeting, guest, ReplyAnswer.COMING)
    told.answer(meeting, guests[3], ReplyAnswer.COMING, "På telefon. Han har HF den dag.")
    alma = PointText("Når far får det dårligt", 15, wished_person=told.who("Alma"), view=told.views["Alma"])
    told.point(meeting, alma)
    told.point(meeting, PointText("Noah og HF", 10, wished_person=told.who("Noah")))
    told.point(meeting, PointText("Hvem husker hvad", 10, wished_person=told.who("Mette")))
