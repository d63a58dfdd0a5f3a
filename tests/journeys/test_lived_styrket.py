"""Strengthened family treatment lived through in Chromium: from a worry about a placement to a call after."""

import re
from datetime import date, timedelta

import pytest

from samspil.doors.demo.colleagues import JONAS, SIGNE
from samspil.doors.demo.companies import BTI, STYRKET
from tests.journeys import doing, helping
from tests.journeys.doing import EVERYDAY, Gathering, House, Referral

pytestmark = pytest.mark.browser
MAJA = BTI.cast["observer"]
RUNE, SANNE, OLE = (STYRKET.cast[role] for role in ("family_worker_1", "family_worker_2", "treatment_team"))
NINA = STYRKET.cast["universal_contact"]
UNIT = "Familiebehandlingen, Jammerbugt"
CHILD, MOTHER, FATHER = "Ida Skou", "Lene Skou", "Bo Skou"
WISH = "Vi vil have morgener uden skænderi."
GOALS = {
    "Lene": ("Jeg vil kunne sige nej uden at råbe.", "Udviklende"),
    "Ida": ("Jeg vil spise morgenmad, mens der er stille.", "Støttende"),
    "Bo": ("Jeg vil stå op, når Ida står op.", "Kompenserende"),
}
WANTED = Referral(
    model="Styrket familiebehandling",
    receiver=UNIT,
    find="Familiebeh",
    wish=WISH,
    said_by="Lene og Bo",
    answers={
        "Er der risiko for": "Ja",
        "Har både forældre": "Ja",
        "Har familien få": "Ja",
        "Er der akut": "Ja",
        "Har familien svært": "Nej",
        "Har en forælder et problem": "Nej",
        "Har en forælder svære": "Nej",
        "Har en forælder svært ved": "Nej",
        "Er barnet i fare": "Nej",
    },
)


def signe_refers_and_rune_says_yes(house: House) -> str:
    signe, rune = house.who(SIGNE), house.who(RUNE)
    born = house.today - timedelta(days=9 * 365 + 40)
    parents = {MOTHER: date(1988, 4, 2), FATHER: date(1986, 5, 2)}
    referral = doing.refer(signe, doing.write_family(signe, CHILD, born, parents), WANTED)
    for name, by in ((CHILD, (MOTHER, FATHER)), (MOTHER, (MOTHER,)), (FATHER, (FATHER,))):
        signe.go(f"{referral}consents/")
        signe.follow(re.compile(f"^Skriv svaret ned.*{name}"))
        doing.consent(signe, signe.path, UNIT, EVERYDAY, by)
    signe.go(f"{referral}send/")
    signe.press("Send henvisningen")
    rune.go("/inbox/")
    rune.follow(re.compile("Familien Skou"))
    assert WISH in rune.text
    rune.follow("Sig ja")
    rune.page.get_by_label("I hvilken rolle i modellen?").select_option(label="Fast familiebehandler")
    rune.page.get_by_label("Og henviseren?").select_option(label="Myndighedsrådgiver")
    rune.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in rune.text
    return referral.replace("/referrals/", "/courses/")


def the_team_gathers(house: House, course: str) -> None:
    signe, rune = house.who(SIGNE), house.who(RUNE)
    doing.say_yes(signe, course)
    for colleague, role in ((SANNE, "Anden familiebehandler"), (OLE, "Behandlingsteam")):
        doing.let_in(rune, course, colleague, role)
        doing.say_yes(house.who(colleague), course)


def the_first_days(house: House, course: str) -> None:
    """A worry that is urgent and the visit that answers it; and the family needs evenings."""
    rune = house.who(RUNE)
    doing.note_kind(
        rune, course, "concern.raised", {"Hvem handler det om?": CHILD, "Hvor stærk?": "4: Det haster"}
    )
    doing.open_step(rune, course, "acute-contact")
    doing.meet(rune, course, "first-contact", Gathering("Rune hilser på jer alle tre."))
    doing.note_kind(rune, course, "need.stated", {"Hvad slags?": "Aften eller weekend"})
    helping.kept(rune, course, "En fast behandler har sagt ja", "Første besøg", "Besøg ved akut behov")


def a_plan_with_the_family(house: House, course: str) -> str:
    """How to work together, the network, the child's words, three goals, and the decision; the effort."""
    rune, signe = house.who(RUNE), house.who(SIGNE)
    talk = Gathering("Hvordan vil I have, at vi arbejder sammen?", (SANNE,), decision="Vi siger det højt.")
    doing.meet(rune, course, "alliance-talk", talk)
    doing.open_step(rune, course, "draw-network")
    rune.page.locator("main [name=matters]").fill("Ro om morgenen")
    for name, text in (("name", "Lis"), ("tie", "Moster")):
        rune.page.locator(f"main [name=people__0__{name}]").fill(text)
    rune.page.locator("main [name=people__0__near]").select_option("close")
    rune.press("Det er færdigt")
    doing.hear(rune, course, "child-view-start", "Jeg vil spise morgenmad, mens der er stille.")
    for whose, (words, helps) in GOALS.items():
        helping.write_goal(rune, course, whose, words, helps)
    doing.agree(rune, course)
    assert doing.open_step(signe, course, "decide-treatment").startswith(f"{course}plan/efforts/")
    everybody = ("Ida", "Lene", "Bo")
    effort = helping.decide_effort(
        signe, course, "Familiebehandling", "Rune om morgenen", about=everybody, with_plan=True
    )
    helping.begin_effort(signe, effort, house.today + timedelta(days=60))
    helping.kept(
        signe,
        course,
        "Familiens eget spørgsmål",
        "Afgørelse om familiebehandling",
        "Information og samtykke",
        "Sådan vil vi arbejde sammen",
        "Netværkskort",
        "Barnet hørt ved starten",
        "Behandlingsplan aftalt",
    )
    return effort


def at_home_and_away(house: House, course: str, begun: date) -> None:
    """Two weeks at home, two at a 24-hour stay with its own plan and status, and home again."""
    _turn(house, begun, 14)
    rune = house.who(RUNE)
    helping.session(rune, course, "session", RUNE, begun + timedelta(days=7))
    helping.session(rune, course, "session", SANNE, house.today, in_the_evening=False)
    _setting(house, course, "På døgnophold", hours="30")
    _turn(house, begun, 21)
    rune = house.who(RUNE)
    helping.session(rune, course, "session", RUNE, house.today, nothing_moves=True)
    helping.write_goal(rune, course, "Lene", "Jeg vil læse godnathistorie.", "Udviklende")
    helping.agree_again(rune, course, "Vi øver noget andet på opholdet.")
    doing.hear(rune, course, "child-view-plan", "Det er godt, at mor læser.")
    _turn(house, begun, 28)
    rune = house.who(RUNE)
    helping.session(rune, course, "session", RUNE, house.today, nothing_moves=True)
    doing.meet(rune, course, "stay-review", Gathering("Kan I komme hjem nu?"))
    _setting(house, course, "Hjemme", hours="6")
    doing.note(
        rune, course, "relapse-plan", {"Hvilket redskab?": "Det har vi lært, og det gør vi på svære dage"}
    )
    helping.kept(rune, course, "Plan for døgnopholdet", "Status under døgnopholdet", "Plan for svære dage")


def with_others(house: House, course: str, begun: date, effort: str) -> None:
    """Other families, the family's own answers, the wide network, the school, and what the law asks."""
    _turn(house, begun, 32)
    rune, ole = house.who(RUNE), house.who(OLE)
    doing.meet(rune, course, "feedback-review", Gathering("Hvad siger jeres svar?"))
    helping.session(ole, course, "multi-family", OLE, house.today)
    _turn(house, begun, 42)
    rune, signe = house.who(RUNE), house.who(SIGNE)
    helping.session(rune, course, "session", RUNE, begun + timedelta(days=35), nothing_moves=True)
    helping.session(rune, course, "session", RUNE, house.today)
    doing.meet(rune, course, "no-progress", Gathering("Vi ser familien indefra.", (OLE,)))
    wide = Gathering("Hvem kan hjælpe hvornår?", (SANNE,), "Moster Lis", minutes="Lis henter om fredagen.")
    doing.meet(rune, course, "network-meeting", wide)
    doing.contact(rune, course, "universal-contact")
    helping.follow_effort_up(signe, effort, "Morgenerne er roligere.")
    signe.follow("Barnets plan er færdig")
    signe.press("Gem")
    helping.kept(
        rune,
        course,
        "Behandling hver uge",
        "Familiens svar set igennem",
        "Supervision, når det står stille",
        "Sammen med andre familier",
        "Netværksmøde",
        "Kontakt med skole, dagtilbud eller sundhedspleje",
        "De første dage hjemme igen",
        "Barnet hørt, når planen ændres",
        "Barnets plan",
        "Lovens første opfølgning",
    )


def the_school_carries_on(house: House, course: str) -> None:
    """What works passes on to the school, which reads what the parents have said yes to."""
    rune = house.who(RUNE)
    doing.tie_parents(rune, CHILD, (MOTHER, FATHER))
    topics = ("Navn og familie", "Hverdag", "Skole og dagtilbud")
    helping.consent_for(rune, course, CHILD, "Biersted Skole, Jammerbugt", topics, (MOTHER, FATHER))
    doing.let_in(rune, course, NINA, "Kontakt i skole, dagtilbud eller sundhedspleje")
    nina = house.who(NINA)
    doing.say_yes(nina, course)
    note = helping.send_note(
        rune, course, "universal-handover", "Kommunen", "Ida spiser bedst, når der er ro."
    )
    nina.go(note)
    assert "Ida spiser bedst" in nina.text
    nina.go(f"{course}plan/efforts/")
    assert "Rune om morgenen" not in nina.text
    helping.kept(rune, course, "Givet videre til skole, dagtilbud eller sundhedspleje")


def the_end(house: House, course: str) -> None:
    """The way on is decided, the course is closed, and three months later somebody calls."""
    signe, rune = house.who(SIGNE), house.who(RUNE)
    for kind in ("Vejen videre", "Afslutning"):
        doing.note_kind(signe, course, "decision.made", {"Hvad slags?": kind, "Hvem handler det om?": CHILD})
    doing.close(rune, course)
    helping.press_the_last_button(rune)
    helping.kept(rune, course, "Samtykker gennemgået og kopi givet")
    doing.nothing_waits(rune, course)
    house.turn_to(house.today + timedelta(days=88))
    rune = house.who(RUNE)
    doing.contact(rune, course, "after-contact")
    helping.kept(rune, course, "Kontakt tre måneder efter")


def _turn(house: House, begun: date, days: int) -> None:
    house.turn_to(begun + timedelta(days=days))


def _setting(house: House, course: str, where: str, hours: str) -> None:
    rune = house.who(RUNE)
    rune.go(f"{course}facts/new/?kind=setting.changed")
    rune.fill("Hvor mange timers hjælp om ugen?", hours)
    doing.answer(rune, {"Hvem handler det om?": CHILD, "Hvor?": where})


def test_a_family_is_treated_at_home_and_away_until_the_school_carries_on(house: House) -> None:
    course = signe_refers_and_rune_says_yes(house)
    the_team_gathers(house, course)
    house.turn_to(house.today + timedelta(days=3))
    the_first_days(house, course)
    house.turn_to(house.today + timedelta(days=7))
    begun = house.today
    effort = a_plan_with_the_family(house, course)
    at_home_and_away(house, course, begun)
    with_others(house, course, begun, effort)
    the_school_carries_on(house, course)
    for stranger in (JONAS, MAJA):
        doing.refused(house, stranger, course, "Skou")
    the_end(house, course)
