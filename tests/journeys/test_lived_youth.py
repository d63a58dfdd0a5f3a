"""The youth model lived through in Chromium: from a quarter before 16 until half a year after 18."""

import re
from datetime import date, timedelta

import pytest

from samspil.collaboration.programmes.language.when import add_months
from samspil.doors.demo.colleagues import ANDERS, JONAS, SIGNE, Colleague
from samspil.doors.demo.companies import UNGE
from tests.journeys import doing, helping
from tests.journeys.doing import EVERYDAY, Gathering, House, Referral
from tests.journeys.walking import Walker, faults

pytestmark = pytest.mark.browser

YOUTH, MOTHER, ADULT = "Elias Kold", "Dorthe Kold", "Nadia Friis"
GUIDE, ADULTS, LEADER = UNGE.cast["guide"], UNGE.cast["caseworker_adult"], UNGE.cast["leader"]
PSYCHIATRY, GROWN_UP = UNGE.cast["child_psychiatry"], UNGE.cast["adult_psychiatry"]
MADE = "Skal laves"
DREAM = "Jeg vil være kok og bo med min hund."
UNIT, CHILDREN = "Ungeindsatsen, Jammerbugt", "Børn og Familie, Jammerbugt"
GROWN = "Voksen og Handicap, Jammerbugt"
WANTED = Referral(
    model="Samarbejdsmodellen for unge: fra barn til voksen",
    receiver=UNIT,
    find="Unge",
    wish="Jeg vil ikke starte forfra, når jeg bliver 18.",
    said_by="Elias",
    answers={
        "Har den unge psykiske": "Ja",
        "Er der brug for støtte": "Ja",
        "Skal den unge snart": "Ja",
        "Vil den unge selv": "Ja",
        "Har den unge meget svært": "Nej",
        "Er der en akut": "Nej",
    },
)


def signe_refers(house: House) -> str:
    signe = house.who(SIGNE)
    born = add_months(house.today, 2 - 16 * 12)
    child = doing.write_family(signe, YOUTH, born, {MOTHER: date(1980, 4, 2)})
    return doing.refer(signe, child, WANTED)


def each_answers_for_themselves(house: House, referral: str) -> None:
    signe = house.who(SIGNE)
    for name, topics, by in (
        (YOUTH, EVERYDAY, (YOUTH, MOTHER)),
        (YOUTH, ("Helbred",), (YOUTH,)),
        (MOTHER, EVERYDAY, (MOTHER,)),
    ):
        signe.go(f"{referral}consents/")
        signe.follow(re.compile(f"^Skriv svaret ned.*{name}"))
        doing.consent(signe, signe.path, UNIT, topics, by)
    signe.go(f"{referral}send/")
    signe.press("Send henvisningen")
    assert "Her er din kvittering" in signe.text


def malene_says_yes(house: House, referral: str) -> str:
    malene = house.who(GUIDE)
    malene.go("/inbox/")
    malene.follow(re.compile("Familien Kold"))
    assert WANTED.wish in malene.text
    malene.follow("Sig ja")
    malene.page.get_by_label("I hvilken rolle i modellen?").select_option(label="Guide")
    malene.page.get_by_label("Og henviseren?").select_option(label="Rådgiver for børn og unge")
    malene.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in malene.text
    doing.tie_parents(malene, YOUTH, [MOTHER])
    return referral.replace("/referrals/", "/courses/")


def they_begin(house: House, course: str) -> None:
    """Who takes part, and what the young person says: the first talk, and the network."""
    malene, signe = house.who(GUIDE), house.who(SIGNE)
    doing.say_yes(signe, course)
    doing.let_in(malene, course, LEADER, "Leder")
    talk = Gathering("Vi går en tur med hunden og taler om, hvordan det går.")
    doing.meet(malene, course, "first-talk", talk)
    draw_network(malene, course)
    doing.open_step(malene, course, "network-person")
    malene.follow(re.compile("^Notér et ja"))
    doing.answer(malene, {})
    doing.note(malene, course, "life-areas")


def draw_network(malene: Walker, course: str) -> None:
    doing.open_step(malene, course, "draw-network")
    for field, words in {
        "matters": DREAM,
        "people__0__name": "Onkel Palle",
        "people__0__tie": "Morbror",
    }.items():
        malene.page.locator(f"main [name={field}]").fill(words)
    malene.page.locator("main [name=people__0__near]").select_option(index=1)
    malene.wrong += faults(malene.page)
    malene.press("Det er færdigt")


def they_plan(house: House, course: str) -> None:
    """What the young person wants, who does what now, and how often they talk."""
    malene = house.who(GUIDE)
    doing.write_goal(malene, course, "Elias", DREAM)
    doing.agree(malene, course)
    doing.make_agreement(malene, course, "Jeg ringer selv til skolen.", "Elias, 15 år", re.compile("Elias"))
    write_effort(malene, course)
    doing.note_kind(
        malene, course, "track.chosen", {"Hvilket spor": re.compile("Hvert kvartal")}, "Hverdagen kører."
    )


def write_effort(malene: Walker, course: str) -> None:
    """What the child side gives now, which ends at 18; then the overview is gone through."""
    malene.go(f"{course}plan/efforts/new/")
    malene.choose("Hvem er den til", re.compile("Elias"))
    malene.page.get_by_label("Hvilken slags hjælp er det?").select_option("child-side")
    malene.fill("Hvad kalder I det sammen med familien?", "Line om torsdagen")
    malene.choose("Hvem giver den", "Kommunen")
    malene.fill("Hvilket sted eller team?", "Ungeindsatsen")
    malene.page.get_by_label("Hvad skal den hjælpe med?", exact=True).fill("Du kommer i skole.")
    malene.fill("Hvad skal den hjælpe med, fortalt til et barn?", "Line hjælper dig om morgenen.")
    malene.choose("Hvor langt er den", "Begyndt")
    malene.press("Gem indsatsen")
    doing.open_step(malene, course, "effort-overview")
    malene.wrong += faults(malene.page)
    malene.press("Vi har gennemgået overblikket i dag")


TALK = Gathering("Hvordan går det med dine mål, og hvad er svært?", network="Onkel Palle")
TOGETHER = ("Drømmen først. Så de ti områder, og så hvem der gør hvad.", "Elias fortalte selv om køkkenet.")


def a_quarter_passes(house: House, course: str, months: int, opened: date) -> None:
    """The guide and the young person talk, the network person with them, and the status is noted."""
    house.turn_to(add_months(opened, months) - timedelta(days=3))
    malene = house.who(GUIDE)
    doing.meet(malene, course, "one-to-one", TALK)
    doing.note(malene, course, "status", {"Hvad nu": "Uddannelse", "Hvem handler det om": YOUTH})


def they_all_meet(house: House, course: str, number: int, *staff: Colleague) -> None:
    """A transition meeting: prepared with the young person, held, written down, looked back at."""
    malene, (purpose, minutes) = house.who(GUIDE), TOGETHER
    what = Gathering(purpose, staff, "Onkel Palle", minutes)
    doing.meet(malene, course, f"transition-meeting-{number}", what)
    doing.hear(malene, course, "youth-prepared", "Jeg vil selv sige det om køkkenet.")
    doing.open_step(malene, course, "checklist-filled")
    malene.fill("Hvor mange procent er udfyldt?", "90")
    doing.answer(malene, {"Hvilket redskab": "Mødetjekliste"})


def sixteen(house: House, course: str, opened: date) -> None:
    """On the birthday the child side decides that there is to be a youth plan; it is ready in time."""
    house.turn_to(add_months(opened, 2))
    doing.note(house.who(SIGNE), course, "youth-plan-decision", {"Hvad blev besluttet": MADE})
    a_quarter_passes(house, course, 3, opened)
    doing.note(house.who(SIGNE), course, "youth-plan")


def everybody_is_asked_again(house: House, course: str) -> None:
    """A yes holds for a year: each side asks again before it ends."""
    share(house.who(SIGNE), course, UNIT, MOTHER)
    share(house.who(GUIDE), course, CHILDREN, MOTHER)


def share(who: Walker, course: str, receiver: str, *custody: str) -> None:
    """The young person and the mother say yes, each for themselves; custody where the unit knows of it."""
    for name, topics, by in (
        (YOUTH, EVERYDAY, (YOUTH, *custody)),
        (YOUTH, ("Helbred",), (YOUTH,)),
        (MOTHER, EVERYDAY, (MOTHER,)),
    ):
        who.go(f"{course}consent/")
        who.follow(re.compile(name))
        doing.consent(who, f"{who.path}?find={receiver.split(',', maxsplit=1)[0]}", receiver, topics, by)


def the_adult_side_joins(house: House, course: str) -> None:
    """A named adviser of the adult side says yes, and sits at the table a year before 18."""
    malene = house.who(GUIDE)
    share(malene, course, GROWN, MOTHER)
    doing.let_in(malene, course, ADULTS, "Rådgiver på voksenområdet", ("Sociale forhold",))
    doing.say_yes(house.who(ADULTS), course)
    they_all_meet(house, course, 2, ADULTS, SIGNE)


def psychiatry_and_eighteen(house: House, course: str) -> None:
    """Half a year before 18: who receives is at the table, and what changes is talked about."""
    malene = house.who(GUIDE)
    share(malene, course, "Ungdomspsykiatrien, Region Nordjylland", MOTHER)
    for colleague, role in ((PSYCHIATRY, "Børne- og ungdomspsykiatri"), (GROWN_UP, "Voksenpsykiatri")):
        doing.let_in(malene, course, colleague, role, ("Sociale forhold", "Helbred"))
    doing.say_yes(house.who(PSYCHIATRY), course)
    doing.say_yes(house.who(GROWN_UP), course)
    doing.done(house.who(GROWN_UP), course, "Skift fra ungdoms- til voksenpsykiatri")
    doing.done(house.who(ADULTS), course, "Rådgiver på voksenområdet har sagt ja")
    they_all_meet(house, course, 3, ADULTS, SIGNE, PSYCHIATRY)
    doing.note(malene, course, "eighteen-talk")


HELD = "før en navngiven på voksenområdet har truffet en afgørelse"


def nobody_lets_go_before(house: House, course: str) -> None:
    """Before the adult side has decided, neither the help of the child side nor the course can end."""
    malene = house.who(GUIDE)
    end_the_help(malene, course)
    assert HELD in malene.text
    malene.wrong += faults(malene.page)
    malene.go(f"{course}close/")
    assert HELD in malene.text
    malene.wrong += faults(malene.page)
    malene.go(f"{course}close/end/")
    assert malene.page.get_by_role("button", name="Afslut forløbet", exact=True).count() == 0


def end_the_help(malene: Walker, course: str) -> None:
    malene.go(f"{course}plan/efforts/")
    malene.follow(re.compile("^Line om torsdagen"))
    malene.follow(re.compile("^Den er slut"))
    malene.fill(re.compile("^Hvorfor"), "Elias er 18. Bo har taget over.")
    malene.press("Gem")


def eighteen(house: House, course: str, opened: date) -> None:
    """The adult side decides; on the birthday the young person says alone who may know what."""
    house.turn_to(add_months(opened, 26) - timedelta(days=20))
    doing.note(house.who(ADULTS), course, "adult-decision", {"Hvad slags": "Hjælp som voksen"})
    house.turn_to(add_months(opened, 26))
    malene, signe = house.who(GUIDE), house.who(SIGNE)
    malene.go(f"{course}steps/")
    said_by_others = "Afgørelse på voksenområdet"
    assert said_by_others not in malene.text  # what the parent said yes to has stopped by itself
    doing.open_step(malene, course, "consents-at-18")
    for who, receiver in ((malene, CHILDREN), (malene, GROWN), (signe, UNIT)):
        who.go(f"{course}consent/")
        who.follow(re.compile(YOUTH))
        page = f"{who.path}?find={receiver.split(',', maxsplit=1)[0]}"
        doing.consent(who, page, receiver, (*EVERYDAY, "Helbred"), (YOUTH,))
    end_the_help(malene, course)
    assert HELD not in malene.text


def they_end(house: House, course: str, whose: str = YOUTH) -> None:
    """They look back; what remains is written, and the young person has a copy."""
    malene = house.who(GUIDE)
    answers = {"Hvad slags": "Afslutning", "Hvem handler det om": whose}
    doing.note_kind(malene, course, "decision.made", answers)
    doing.meet(malene, course, "closing-talk", Gathering("Vi ser tilbage på det hele."))
    doing.close(malene, course)
    malene.follow(re.compile(r"^\d. Afslut forløbet"))
    malene.page.get_by_label("Familien har det, den har brug for").check()
    malene.press("Afslut forløbet")
    assert "Forløbet er afsluttet." in malene.text


IN_TIME = (
    "Den unge er fundet i tide", "Guiden har sagt ja", "Første samtale på to hånd", "Information og samtykke",
    "Netværkskort tegnet", "Netværksperson valgt", "Ti livsområder for første gang",
    "Egne mål og egne opgaver",
    "Indsatsoverblik", "Stilling til en ungeplan", "Ungeplan færdig", "Overgangsmøde 1", "Tjeklisten udfyldt",
    "Den unge har forberedt mødet", "Overgangsmøde 2", "Skridt mod uddannelse eller job",
    "Voksenområdet har været med", "Overgangsmøde 3", "Samtale om det, der ændrer sig ved 18",
    "Nye samtykker ved 18 år", "Overgangsmøde 4", "Samtale på to hånd",
    "Uddannelse eller arbejde noteret", "Kontakt med netværkspersonen", "Afsluttende samtale",
    "Samtykker gennemgået og kopi givet",
)  # fmt: skip
"""Every step for somebody who starts before 16, but those that the adult side shows done and keeps."""


def test_the_child_side_lets_go_when_the_adult_side_has_taken_over(house: House):
    opened, referral = house.today, signe_refers(house)
    each_answers_for_themselves(house, referral)
    course = malene_says_yes(house, referral)
    they_begin(house, course)
    they_plan(house, course)
    sixteen(house, course, opened)
    a_quarter_passes(house, course, 6, opened)
    a_quarter_passes(house, course, 9, opened)
    they_all_meet(house, course, 1, SIGNE)
    a_quarter_passes(house, course, 12, opened)
    everybody_is_asked_again(house, course)
    a_quarter_passes(house, course, 15, opened)
    the_adult_side_joins(house, course)
    a_quarter_passes(house, course, 18, opened)
    a_quarter_passes(house, course, 21, opened)
    everybody_is_asked_again(house, course)
    psychiatry_and_eighteen(house, course)
    a_quarter_passes(house, course, 24, opened)
    nobody_lets_go_before(house, course)
    eighteen(house, course, opened)
    a_quarter_passes(house, course, 27, opened)
    a_quarter_passes(house, course, 30, opened)
    they_all_meet(house, course, 4, ADULTS)
    they_end(house, course)
    malene = house.who(GUIDE)
    assert helping.lived_through(malene, course) == {*IN_TIME}
    doing.done(house.who(ADULTS), course, "Afgørelse på voksenområdet")
    doing.nothing_waits(malene, course)
    for stranger in (JONAS, ANDERS):
        doing.refused(house, stranger, course, "Kold")


def test_who_starts_as_an_adult_may_say_no_and_then_it_ends(house: House):
    """What belongs before 18 is not asked for; the own no is enough to end, and nothing less is."""
    signe = house.who(SIGNE)
    person = doing.write_person(signe, ADULT, add_months(house.today, -18 * 12 - 6))
    referral = doing.refer(signe, person, WANTED)
    signe.go(f"{referral}consents/")
    signe.follow(re.compile(f"^Skriv svaret ned.*{ADULT}"))
    doing.consent(signe, signe.path, UNIT, EVERYDAY, (ADULT,))
    signe.go(f"{referral}send/")
    signe.press("Send henvisningen")
    malene = house.who(GUIDE)
    malene.go(f"{referral}accept/")
    malene.page.get_by_label("Og henviseren?").select_option(label="Rådgiver for børn og unge")
    malene.press("Sig ja, og åbn forløbet")
    course = referral.replace("/referrals/", "/courses/")
    found = {title.partition(":")[0] for title in doing.states(malene, course)}
    assert "Første overgangsmøde for den, der er fyldt 18" in found
    assert not found & {
        "Overgangsmøde 1",
        "Overgangsmøde 4",
        "Stilling til en ungeplan",
        "Nye samtykker ved 18 år",
    }
    doing.meet(malene, course, "first-meeting-as-adult", Gathering(TOGETHER[0], (SIGNE,)))
    malene.go(f"{course}close/")
    assert HELD in malene.text
    no = {"Hvad slags": "Den unge siger nej", "Hvem handler det om": ADULT}
    doing.note_kind(malene, course, "decision.made", no)
    malene.go(f"{course}close/")
    assert HELD not in malene.text
    they_end(house, course, ADULT)
    doing.nothing_waits(malene, course)
