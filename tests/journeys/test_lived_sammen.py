"""Sammen om familien lived through in Chromium: from a close rhythm to a calm one and the end."""

import re
from datetime import date, timedelta

import pytest

from samspil.doors.demo.colleagues import JONAS, SIGNE
from samspil.doors.demo.companies import STYRKET, TOGETHER
from tests.journeys import doing, helping
from tests.journeys.doing import EVERYDAY, Gathering, House, Referral
from tests.journeys.walking import Walker

pytestmark = pytest.mark.browser
STINE, TAGE = (TOGETHER.cast[role] for role in ("adviser", "sparring_team"))
RUNE = STYRKET.cast["family_worker_1"]
UNIT = "Handicap og Familie, Jammerbugt"
CHILD, MOTHER, FATHER = "Vera Dam", "Ulla Dam", "Palle Dam"
WISH = "Vi vil kun fortælle Veras historie én gang."
WANTED = Referral(
    model="Sammen om familien",
    receiver=UNIT,
    find="Handicap og",
    wish=WISH,
    said_by="Ulla og Palle",
    answers={
        "Har barnet et betydeligt": "Ja",
        "Er to eller flere": "Ja",
        "Er der også brug": "Nej",
        "Ønsker familien": "Ja",
        "Kan én rådgiver": "Ja",
        "Har rådgiveren plads": "Ja",
        "Er der mistanke": "Nej",
    },
)


def signe_refers_and_stine_says_yes(house: House) -> str:
    signe, stine = house.who(SIGNE), house.who(STINE)
    born = house.today - timedelta(days=11 * 365)
    child = doing.write_family(signe, CHILD, born, {MOTHER: date(1985, 4, 2), FATHER: date(1983, 5, 2)})
    referral = doing.refer(signe, child, WANTED)
    for name, topics, by in (
        (CHILD, (*EVERYDAY, "Helbred"), (MOTHER, FATHER)),
        (MOTHER, EVERYDAY, (MOTHER,)),
        (FATHER, EVERYDAY, (FATHER,)),
    ):
        signe.go(f"{referral}consents/")
        signe.follow(re.compile(f"^Skriv svaret ned.*{name}"))
        doing.consent(signe, signe.path, UNIT, topics, by)
    signe.go(f"{referral}send/")
    signe.press("Send henvisningen")
    stine.go("/inbox/")
    stine.follow(re.compile("Familien Dam"))
    assert WISH in stine.text
    stine.follow("Sig ja")
    stine.page.get_by_label("I hvilken rolle i modellen?").select_option(label="Rådgiver")
    stine.page.get_by_label("Og henviseren?").select_option(label="Samarbejdspart i en anden afdeling")
    stine.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in stine.text
    course = referral.replace("/referrals/", "/courses/")
    doing.say_yes(signe, course)
    doing.let_in(stine, course, TAGE, "Sparringsteam")
    doing.say_yes(house.who(TAGE), course)
    return course


def stine_gets_to_know_them(house: House, course: str) -> str:
    """A long talk at home with the child, what goes on already, a decision, and a rhythm chosen together."""
    stine = house.who(STINE)
    doing.meet(stine, course, "home-visit", Gathering("Stine kommer hjem til jer."))
    effort = helping.decide_effort(
        stine, course, "Aflastning", "Weekend på Lærken", about=("Vera",), with_plan=True
    )
    helping.begin_effort(stine, effort, house.today + timedelta(days=300))
    doing.open_step(stine, course, "whats-in-place")
    stine.press("Vi har gennemgået overblikket i dag")
    choose_rhythm(stine, course, "choose-rhythm", "Hver 6. uge", "Familien er ny hos os.")
    stine.go(course)
    assert "42 dage efter »Spor valgt«" in stine.text
    helping.kept(
        stine,
        course,
        "Rådgiveren har sagt ja",
        "Information og samtykke",
        "Første lange samtale",
        "Overblik over det, der er i gang",
        "Rytmen valgt med familien",
    )
    return effort


def choose_rhythm(who: Walker, course: str, step: str, rhythm: str, reason: str) -> None:
    """The rhythm is chosen together with the family, and why."""
    doing.open_step(who, course, step)
    doing.answer(who, {"Hvilket spor?": re.compile(rhythm)}, reason)


def one_picture_for_all(house: House, course: str) -> None:
    """The family and the departments agree on the same picture, and the first follow-up is held."""
    stine = house.who(STINE)
    doing.meet(stine, course, "partners-meeting", Gathering("Alle hører det samme.", (SIGNE, TAGE)))
    helping.write_goal(stine, course, "Vera", "Jeg vil gå til svømning uden mor.")
    doing.agree(stine, course)
    doing.hear(stine, course, "child-view-picture", "En god dag er en dag med vand.")
    follow_up(house, course)
    helping.kept(
        stine, course, "Møde med samarbejdsparter", "Fælles målbillede aftalt", "Barnet hørt om målbilledet"
    )


def follow_up(house: House, course: str, words: str = "") -> None:
    """The talk in its rhythm; what each parent says of it, and the child, where it was not just heard."""
    stine = house.who(STINE)
    doing.meet(stine, course, "follow-up-talk", Gathering("Hvad virker, og hvad driller?"))
    for parent in ("Ulla", "Palle"):
        stine.go(f"{course}plan/")
        stine.follow(re.compile("^Hvor er I nu"))
        stine.page.locator("main input[name=level]").nth(2).check()
        stine.choose("Hvem siger det", re.compile(f"^{parent}"))
        stine.press("Gem")
    if words:
        doing.hear(stine, course, "child-view-follow-up", words)
    helping.kept(
        stine, course, "Opfølgende samtale", "Barnet hørt ved opfølgningen", "Familiens egen vurdering"
    )


def sparring_and_signs(house: House, course: str) -> None:
    """A doubt and two early signs, each thought through with colleagues; and a wish that gets its answer."""
    stine = house.who(STINE)
    doing.note_kind(stine, course, "sparring.requested", {})
    for _sign in range(2):
        doing.note_kind(
            stine,
            course,
            "concern.raised",
            {"Hvem handler det om?": CHILD, "Hvor stærk?": "2: Man er bekymret"},
        )
    doing.meet(house.who(TAGE), course, "sparring", Gathering("Hvad overser vi?", (STINE,)))
    doing.note_kind(stine, course, "change.requested", {})
    doing.note(stine, course, "family-wish")
    helping.kept(
        stine,
        course,
        "Sparring på tværs",
        "To tegn på, at det går den forkerte vej",
        "Svar på familiens ønske om ændring",
    )


def a_calmer_rhythm(house: House, course: str, effort: str) -> None:
    """What the law asks; the picture holds, and every third month will do."""
    stine = house.who(STINE)
    helping.follow_effort_up(stine, effort, "Weekenderne giver ro.")
    stine.follow("Barnets plan er færdig")
    stine.press("Gem")
    follow_up(house, course, "Jeg kan svømme en bane.")
    calmer = Gathering("Kan vi følge dem roligere?", (STINE,))
    doing.meet(house.who(TAGE), course, "quarterly-sparring", calmer)
    kept_picture = {"Hvad slags?": "Billedet holder", "Hvem handler det om?": CHILD}
    doing.note_kind(stine, course, "decision.made", kept_picture)
    choose_rhythm(stine, course, "rhythm-review", "Hver 3. måned", "Hverdagen er stabil.")
    helping.kept(
        stine,
        course,
        "Målbilledet set igennem",
        "Passer rytmen stadig?",
        "Sparring hvert kvartal i den tætte rytme",
        "Barnets plan",
        "Første opfølgning på indsatsen",
    )


def they_look_back(house: House, course: str) -> None:
    """A talk in the calm rhythm, then the last one: whom to call, the consents, and a copy for each."""
    stine = house.who(STINE)
    follow_up(house, course, "Nu svømmer jeg uden mor.")
    ending = {"Hvad slags?": "Afslutning", "Hvem handler det om?": CHILD}
    doing.note_kind(stine, course, "decision.made", ending)
    doing.meet(stine, course, "closing-talk", Gathering("Hvem kan I ringe til fra nu af?"))
    doing.close(stine, course)
    helping.press_the_last_button(stine)
    helping.kept(stine, course, "Afsluttende samtale", "Samtykker gennemgået og kopi givet")
    doing.nothing_waits(stine, course)


def test_a_family_is_followed_closely_then_calmly_until_it_can_itself(house: House) -> None:
    course = signe_refers_and_stine_says_yes(house)
    opened = house.today
    house.turn_to(opened + timedelta(days=14))
    effort = stine_gets_to_know_them(house, course)
    house.turn_to(opened + timedelta(days=56))
    one_picture_for_all(house, course)
    sparring_and_signs(house, course)
    house.turn_to(opened + timedelta(days=98))
    a_calmer_rhythm(house, course, effort)
    for stranger in (JONAS, RUNE):
        doing.refused(house, stranger, course, "Dam")
    house.turn_to(opened + timedelta(days=189))
    they_look_back(house, course)
