"""One family – one entrance lived through in Chromium, for a family with two children with a disability."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses import queries as course_queries
from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language.when import add_months
from samspil.doors.demo.colleagues import ANDERS, JONAS, SIGNE, Colleague
from samspil.doors.demo.companies import ENTRANCE
from samspil.doors.demo.courses.telling import by
from samspil.doors.demo.simulate import staging
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.families import Relative
from tests import database as own_database
from tests.journeys import doing
from tests.journeys.doing import EVERYDAY, Gathering, House, Referral
from tests.journeys.walking import Walker

pytestmark = pytest.mark.browser

YOUTH, CHILD, MOTHER, FATHER = "Filip Stage", "Ellen Stage", "Maja Stage", "Torben Stage"
ANJA, NIELS = ENTRANCE.cast["family_coordinator"], ENTRANCE.cast["core_team"]
RUTH, SVEND = ENTRANCE.cast["decision_maker"], ENTRANCE.cast["leader"]
LOTTE = ENTRANCE.cast["finance_partner"]
UNIT = "Børnehandicap, Jammerbugt"
WISH = "Vi vil kun fortælle det én gang, til én, der bliver."
DREAM = "Jeg vil tage bussen til skole alene."
ANSWERS = {
    "Har barnet et betydeligt": "Ja",
    "Er to eller flere": "Ja",
    "Er der også brug": "Ja",
    "Ønsker familien": "Ja",
    "Kan kommunen samle": "Ja",
    "Er der mistanke": "Nej",
}
DECIDER = Referral(
    model="Én familie – én indgang (beslutningskompetence)",
    receiver=UNIT,
    find="Børnehandicap",
    wish=WISH,
    said_by="Maja og Torben",
    answers={**ANSWERS, "Kan en, der må beslutte": "Ja"},
)


def signe_refers(house: House, wanted: Referral) -> str:
    """A family whom another department of the municipality knows."""
    signe = house.who(SIGNE)
    born = add_months(house.today, 8 - 16 * 12)
    parents = {MOTHER: date(1982, 5, 6), FATHER: date(1980, 7, 8)}
    child = doing.write_family(signe, YOUTH, born, parents)
    sister = doing.write_person(signe, CHILD, add_months(house.today, 1 - 66))
    for parent in parents:
        doing.tie(signe, sister, f"{CHILD} er barn", parent)
        doing.tie(signe, sister, f"{CHILD} er det barn, den anden har forældremyndighed over", parent)
    doing.tie(signe, child, "De er søskende", CHILD)
    return doing.refer(signe, child, wanted)


def each_answers(house: House, referral: str) -> None:
    """The parents for themselves and together for the little one; from 15 the young person, too."""
    signe = house.who(SIGNE)
    for name, topics, said_by in (
        (YOUTH, EVERYDAY, (YOUTH, MOTHER, FATHER)),
        (CHILD, (*EVERYDAY, "Helbred"), (MOTHER, FATHER)),
        (MOTHER, EVERYDAY, (MOTHER,)),
        (FATHER, EVERYDAY, (FATHER,)),
    ):
        signe.go(f"{referral}consents/")
        signe.follow(re.compile(f"^Skriv svaret ned.*{name}"))
        doing.consent(signe, signe.path, UNIT, topics, said_by)
    signe.go(f"{referral}send/")
    signe.press("Send henvisningen")
    assert "Her er din kvittering" in signe.text


def anja_says_yes(house: House, referral: str) -> str:
    """One coordinator from now on; the department that referred is in the core team."""
    anja = house.who(ANJA)
    anja.go("/inbox/")
    anja.follow(re.compile("Familien Stage"))
    assert WISH in anja.text
    anja.follow("Sig ja")
    anja.page.get_by_label("I hvilken rolle i modellen?").select_option(label="Familiekoordinator")
    anja.page.get_by_label("Og henviseren?").select_option(label="Kerneteam")
    anja.press("Sig ja, og åbn forløbet")
    course = referral.replace("/referrals/", "/courses/")
    for child in (YOUTH, CHILD):
        doing.tie_parents(anja, child, (MOTHER, FATHER))
    doing.say_yes(house.who(SIGNE), course)
    return course


def the_core_team_meets(house: House, course: str, step: str) -> None:
    """At least two departments and whoever may decide sit at the table; the decision follows."""
    anja, ruth = house.who(ANJA), house.who(RUTH)
    what = Gathering(
        "Passer alt det, vi gør, stadig sammen?", (NIELS, RUTH, SIGNE), "Mormor Inge", "Vi talte om bussen."
    )
    doing.meet(anja, course, step, what)
    doing.note(ruth, course, "decision-after-meeting", {"Hvem handler det om": YOUTH})


def they_assess(house: House, course: str) -> None:
    """One entrance: the call, the page about the family, one assessment, and who may decide what."""
    anja, niels, ruth = house.who(ANJA), house.who(NIELS), house.who(RUTH)
    doing.contact(anja, course, "welcome-call")
    doing.note(anja, course, "our-family")
    the_core_team_meets(house, course, "core-team-formed")
    doing.note(ruth, course, "mandate")
    doing.note(niels, course, "cross-assessment", {"Hvem handler det om": YOUTH})
    doing.note(niels, course, "pre-questions", {"Hvem handler det om": YOUTH})
    doing.hear(anja, course, "child-view-start", DREAM, person=YOUTH.split(maxsplit=1)[0])
    doing.hear(anja, course, "child-view-start", "Ellen peger på gyngen.", person=CHILD.split(maxsplit=1)[0])


def they_plan(house: House, course: str, *, youth: bool = True) -> None:
    """Goals in their own words, agreed with everybody; help that is decided and begins."""
    anja = house.who(ANJA)
    if youth:
        doing.write_goal(anja, course, "Filip", DREAM)
    doing.write_goal(anja, course, "Maja", WISH)
    doing.agree(anja, course)
    anja.go(f"{course}plan/efforts/new/")
    anja.choose("Hvem er den til", re.compile("Ellen"))
    anja.page.get_by_label("Hvilken slags hjælp er det?").select_option("relief")
    anja.fill("Hvad kalder I det sammen med familien?", "Weekend på Lærken")
    anja.choose("Hvem giver den", "Kommunen")
    anja.fill("Hvilket sted eller team?", "Aflastningsstedet Lærken")
    anja.page.get_by_label("Hvad skal den hjælpe med?", exact=True).fill("I får sovet.")
    anja.fill("Hvad skal den hjælpe med, fortalt til et barn?", "Du sover et sted med en gynge.")
    anja.choose("Hvor langt er den", "Besluttet")
    anja.page.get_by_label("Det er også besluttet at lave en barnets plan").check()
    anja.press("Gem indsatsen")
    anja.follow("Den er begyndt")
    anja.press("Gem")


def the_children_grow(house: House, course: str) -> str:
    """School is at the table for the little one; for the big one a course of the youth model begins."""
    anja = house.who(ANJA)
    doing.meet(anja, course, "school-start", Gathering("Skolen er med, et halvt år før."), person="Ellen")
    doing.open_step(anja, course, "youth-course", person="Filip")
    anja.follow(re.compile("^Start "))
    return anja.press("Start Samarbejdsmodellen for unge: fra barn til voksen")


def two_courses(house: House, course: str, other: str) -> None:
    """Both say that they belong together, and where goals or meetings get in each other's way."""
    anja = house.who(ANJA)
    doing.write_goal(anja, other, "Filip", "Jeg vil køre til skole sammen med en voksen.")
    for page, title in ((course, "Samarbejdsmodellen for unge"), (other, "Én familie – én indgang")):
        anja.go(page)
        together = anja.page.locator("#together").inner_text()
        assert title in together
        assert "To mål trækker måske hver sin vej" in together


def months_pass(house: House, course: str, opened: date) -> None:
    """Contact every month, the core team after eight weeks, a wish that is answered, a plan that changes."""
    house.turn_to(opened + timedelta(days=28))
    anja = house.who(ANJA)
    doing.contact(anja, course, "coordinator-contact")
    doing.note_kind(anja, course, "change.requested", {})
    doing.note(anja, course, "change-request")
    house.turn_to(opened + timedelta(days=56))
    anja = house.who(ANJA)
    the_core_team_meets(house, course, "core-team-meeting")
    doing.write_goal(anja, course, "Ellen", "Jeg vil gynge hos Oda.")
    doing.agree(anja, course, reason="Ellen er begyndt på Lærken.")
    for child in ("Filip", "Ellen"):
        doing.hear(anja, course, "child-view-plan", "Det er fint.", person=child)
    house.turn_to(opened + timedelta(days=84))
    anja, niels = house.who(ANJA), house.who(NIELS)
    doing.contact(anja, course, "coordinator-contact")
    follow_up(niels, course)


def follow_up(niels: Walker, course: str) -> None:
    """What the law asks three months after the help began: the child's plan, and a first follow-up."""
    doing.open_step(niels, course, "first-follow-up")
    niels.follow(re.compile("^Weekend på Lærken"))
    niels.follow(re.compile("^Barnets plan er færdig"))
    niels.press("Gem")
    niels.follow(re.compile("^Vi har fulgt op"))
    niels.page.locator("main input[value=P3M]").check()
    niels.fill(re.compile("^Hvorfor"), "Ellen er glad for det.")
    niels.press("Gem")


def they_end(house: House, course: str, about: str) -> None:
    """They look back, and each who may gets a copy."""
    anja = house.who(ANJA)
    doing.note_kind(anja, course, "decision.made", {"Hvad slags": "Afslutning", "Hvem handler det om": about})
    doing.meet(anja, course, "closing-talk", Gathering("Hvem kan I ringe til fra nu af?"))
    doing.close(anja, course)
    anja.follow(re.compile(r"^\d. Afslut forløbet"))
    anja.page.get_by_label("Familien har det, den har brug for").check()
    anja.press("Afslut forløbet")
    assert "Forløbet er afsluttet." in anja.text


IN_TIME = (
    "Familiekoordinatoren har sagt ja", "Velkomstopkald", "Information og samtykke",
    "Vores familie på én side",
    "Ønsker, kræfter og muligheder", "Kerneteamet har mødtes", "Tværfaglig udredning færdig",
    "De fire spørgsmål, der ofte mangler", "Barnet hørt", "Hvem må beslutte hvad?",
    "Fælles plan og målbillede aftalt", "Barnet hørt, når planen ændres", "Beslutning efter mødet",
    "Barnets plan", "Lovens første opfølgning", "Svar på familiens ønske om ændring", "Før skolestart",
    "Samarbejdsmodellen for unge tilbudt", "Afsluttende samtale", "Samtykker gennemgået og kopi givet",
)  # fmt: skip


def test_one_coordinator_and_a_decision_at_the_table_from_the_first_call_to_the_last(house: House):
    opened, referral = house.today, signe_refers(house, DECIDER)
    each_answers(house, referral)
    course = anja_says_yes(house, referral)
    anja = house.who(ANJA)
    for colleague, role in ((NIELS, "Kerneteam"), (RUTH, "Leder med mandat"), (SVEND, "Leder")):
        doing.let_in(anja, course, colleague, role, ("Sociale forhold",))
    they_assess(house, course)
    they_plan(house, course)
    two_courses(house, course, the_children_grow(house, course))
    months_pass(house, course, opened)
    they_end(house, course, YOUTH)
    anja = house.who(ANJA)
    doing.done(anja, course, *IN_TIME)
    doing.nothing_waits(anja, course)
    for stranger in (JONAS, ANDERS):
        doing.refused(house, stranger, course, "Stage")


@pytest.fixture
def running(house: House, django_db_blocker: DjangoDbBlocker) -> str:
    """A course of the version of 2021, five weeks old: what is as in 2022 was done by the same colleagues."""
    opened = house.today - timedelta(days=35)
    roles = ("family_coordinator", "core_team", "finance_partner", "external", "leader")
    cast = {role: ENTRANCE.cast[role] for role in roles}
    people = (
        Relative(CHILD, date(opened.year - 9, 3, 1), "child", in_focus=True),
        Relative(MOTHER, date(1982, 5, 6), "parent", in_focus=False),
        Relative(FATHER, date(1980, 7, 8), "parent", in_focus=False),
    )
    asked = Asked(loading.library().programme(ENTRANCE.key, "2021-finansiering"))
    with django_db_blocker.unblock(), speaking_to(house):
        stage = staging.opened(asked, cast, people, opened)
        with by(ANJA, opened) as anja:
            part = course_queries.own_waiting_part(anja, stage.space, opened)
            assert part is not None
            courses.accept_role(actor=anja, participant=part, today=opened)
        for colleague, kind, said in BEGUN:
            told(stage.space, colleague, kind, said, opened + timedelta(days=4))
        child = {"person": str(stage.records["Ellen"].subject_id)}
        told(stage.space, ANJA, "child_view.recorded", child, opened + timedelta(days=20))
    return f"/courses/{stage.space}/"


BEGUN = (
    (ANJA, "contact.made", {"kind": "welcome"}),
    (ANJA, "tool.completed", {"tool": "our-family-page"}),
    (ANJA, "need.stated", {}),
    (ANJA, "meeting.held", {"kind": "core-team", "departments": 2, "family_present": True}),
    (NIELS, "assessment.finished", {"kind": "cross-disciplinary"}),
    (NIELS, "decision.made", {"kind": "benefits-considered"}),
)


@contextmanager
def speaking_to(house: House) -> Iterator[None]:
    """Inside the block the actions write where the house reads."""
    with own_database.pointing_at(house.calendar.database), override_settings(SAMSPIL_LOG_ALIAS="door"):
        yield


def told(space: UUID, colleague: Colleague, kind: str, said: Mapping[str, object], on: date) -> None:
    """A colleague notes something by the action behind the page."""
    with by(colleague, on) as actor:
        courses.note_fact(actor=actor, space=space, kind=kind, on=on, today=on, attributes=said)


def lotte_agrees(house: House, course: str, step: str) -> None:
    """Two departments pay: for the whole, for one effort, or still."""
    lotte = house.who(LOTTE)
    doing.open_step(lotte, course, step)
    lotte.fill("Hvor mange afdelinger?", "2")
    doing.answer(lotte, {})


def half_a_year_passes(house: House, course: str, begun: date) -> None:
    """Contact every month and the core team every eighth week, as before; noted when half a year is over."""
    space = UUID(course.split("/")[2])
    with speaking_to(house):
        for month in range(1, 7):
            day = add_months(begun, month)
            told(space, ANJA, "contact.made", {"kind": "coordinator"}, day)
        for week in (3, 11, 19):
            held = {"kind": "core-team", "departments": 2, "family_present": True}
            told(space, ANJA, "meeting.held", held, begun + timedelta(weeks=week))


FINANCED = (
    "Nøgle for fælles betaling", "Betaling på plads for hver ny indsats", "Betalingen set igennem",
    "Fælles plan og målbillede aftalt", "Barnets plan", "Lovens første opfølgning",
    "Kontakt fra koordinatoren", "Afsluttende samtale", "Samtykker gennemgået og kopi givet",
)  # fmt: skip


def test_the_departments_pay_together_where_the_model_is_that_of_2021(
    house: House, running: str, django_db_blocker: DjangoDbBlocker
) -> None:
    course, begun = running, house.today
    lotte_agrees(house, course, "financing-key")
    they_plan(house, course, youth=False)
    lotte_agrees(house, course, "effort-financed")
    house.turn_to(add_months(begun, 3) - timedelta(days=2))
    follow_up(house.who(NIELS), course)
    house.turn_to(add_months(begun, 6))
    with django_db_blocker.unblock():
        half_a_year_passes(house, course, begun)
    lotte_agrees(house, course, "financing-review")
    they_end(house, course, CHILD)
    anja = house.who(ANJA)
    doing.done(anja, course, *FINANCED)
    assert "Hvem må beslutte hvad?" not in doing.states(anja, course)
    doing.nothing_waits(anja, course)
