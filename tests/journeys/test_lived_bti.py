"""BTI lived through in Chromium: from a wonder to broad help and down again."""

import re
from datetime import date, timedelta

import pytest

from samspil.doors.demo.colleagues import JONAS, SIGNE, Colleague
from samspil.doors.demo.companies import BTI, STYRKET
from tests.journeys import doing, helping
from tests.journeys.doing import EVERYDAY, Gathering, House, Referral
from tests.journeys.walking import Walker
from tests.journeys.winther import danish

pytestmark = pytest.mark.browser
BENTE, MAJA, EVA, PER = (BTI.cast[role] for role in ("relay_holder", "observer", "adult_service", "service"))
RUNE = STYRKET.cast["family_worker_1"]
SCHOOL, PSYCHIATRY = "Biersted Skole, Jammerbugt", "Distriktspsykiatri Nord, Region Nordjylland"
FAMILIES = "Børn og Familie, Jammerbugt"
CHILD, MOTHER, FATHER = "Otto Mark", "Maja Mark", "Jens Mark"
WISH = "Vi vil gerne have, at Otto har det godt i skolen, også når Jens er syg."
WANTED = Referral(
    model="Bedre Tværfaglig Indsats (BTI)",
    receiver=SCHOOL,
    find="Biersted",
    wish=WISH,
    said_by="Maja og Jens",
    answers={
        "Har en forælder en psykisk": "Ja",
        "Har en forælder et problem": "Nej",
        "Er der en anden undren": "Ja",
        "Er der en voksen tæt": "Ja",
        "Er der mistanke": "Nej",
        "Har barnet måske": "Nej",
    },
)


def maja_wonders_and_bente_takes_the_baton(house: House) -> str:
    maja, bente = house.who(MAJA), house.who(BENTE)
    born = house.today - timedelta(days=11 * 365)
    child = doing.write_family(maja, CHILD, born, {MOTHER: date(1988, 4, 2), FATHER: date(1986, 5, 2)})
    referral = doing.refer(maja, child, WANTED)
    _say_what_the_father_is(maja, referral)
    for name, by in ((CHILD, (MOTHER, FATHER)), (MOTHER, (MOTHER,)), (FATHER, (FATHER,))):
        maja.go(f"{referral}consents/")
        maja.follow(re.compile(f"^Skriv svaret ned.*{name}"))
        doing.consent(maja, maja.path, SCHOOL, EVERYDAY, by)
    maja.go(f"{referral}send/")
    maja.press("Send henvisningen")
    bente.go("/inbox/")
    bente.follow(re.compile("Familien Mark"))
    assert WISH in bente.text
    bente.follow("Sig ja")
    bente.page.get_by_label("I hvilken rolle i modellen?").select_option(label="Stafetholder")
    bente.page.get_by_label("Og henviseren?").select_option(label="Den, der undrer sig")
    bente.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in bente.text
    return referral.replace("/referrals/", "/courses/")


def _say_what_the_father_is(maja: Walker, referral: str) -> None:
    """The one of the two who is ill has a role of his own in the model."""
    maja.go(f"{referral}people/")
    father = maja.page.locator("main fieldset.member", has_text=FATHER)
    father.get_by_label("I familien").select_option(label="Forælder med psykisk sygdom eller rusmidler")
    maja.press("Gem og gå videre")


def a_wonder(house: House, course: str) -> None:
    """What Maja saw, whom she told, and the parents."""
    maja = house.who(MAJA)
    doing.say_yes(maja, course)
    doing.note(
        maja, course, "note-wonder", {"Hvem handler det om?": CHILD, "Hvor stærk?": "2: Man er bekymret"}
    )
    doing.contact(maja, course, "share-with-colleague")
    for parent in (MOTHER,):
        doing.note(maja, course, "tell-parents", person=parent.split()[0])
    helping.kept(maja, course, "Undren skrevet ned", "Delt med kollega eller leder", "Delt med forældrene")


def set_level(who: Walker, course: str, level: int, why: str) -> None:
    """The help becomes larger or smaller, with the reason."""
    who.go(f"{course}facts/new/?kind=level.set")
    doing.answer(who, {"Hvilket niveau?": re.compile(f"^Niveau {level}")}, why)


def own_effort(house: House, course: str) -> None:
    """Level 1 within fourteen days: the wonder is answered, and school and home agree on something."""
    bente = house.who(BENTE)
    set_level(bente, course, 1, "Vi prøver selv i klassen først.")
    helping.kept(bente, course, "Beslutning om vejen videre")
    house.turn_to(house.today + timedelta(days=10))
    bente = house.who(BENTE)
    doing.meet(bente, course, "common-understanding", Gathering("Hvordan får Otto det lettere?", (MAJA,)))
    doing.make_agreement(
        bente, course, "Bente henter Otto ved lågen", "Bente Kjær, Biersted Skole", re.compile("^Otto")
    )
    helping.kept(bente, course, "Samtale med forældre og barn")


def two_services(house: House, course: str) -> None:
    """Level 2: evaluated, the parents asked first, and psychological advice at the table."""
    bente = house.who(BENTE)
    evaluate(bente, course, "evaluate-1", "Jeg vil have, at Bente henter mig.")
    doing.tie_parents(bente, CHILD, (MOTHER, FATHER))
    doing.note_kind(
        bente, course, "information.given", {"Hvem handler det om?": MOTHER, "Hvad slags?": "Niveau 2"}
    )
    set_level(bente, course, 2, "Skolen kan ikke løfte det alene.")
    doing.let_in(bente, course, PER, "Aktør: dagtilbud, skole, sundhedspleje, PPR eller socialt område")
    doing.say_yes(house.who(PER), course)
    for name, by in ((CHILD, (MOTHER, FATHER)), (MOTHER, (MOTHER,)), (FATHER, (FATHER,))):
        helping.consent_for(bente, course, name, FAMILIES, EVERYDAY, by)
    helping.kept(bente, course, "Evaluering på niveau 1", "Forældrene er med, før I går op")
    house.turn_to(house.today + timedelta(days=14))
    bente = house.who(BENTE)
    doing.meet(bente, course, "second-service", Gathering("Per er med første gang.", (MAJA, PER)))
    doing.note_kind(
        bente,
        course,
        "decision.made",
        {"Hvad slags?": "Intet tilbud til barnet nu", "Hvem handler det om?": CHILD},
    )
    helping.kept(bente, course, "Første møde med den anden tjeneste", "Et tilbud til netop dette barn")


def the_baton_passes(house: House, course: str, giver: Colleague, taker: Colleague, why: str) -> None:
    """One asks the other; the baton stays where it is until the other has said yes."""
    giving = house.who(giver)
    giving.go(f"{course}team/new/?colleague={taker.name.split()[0]}")
    giving.choose("Hvem", re.compile(f"^{taker.name}"))
    giving.page.get_by_label("Som hvad?").select_option("relay_holder")
    giving.page.get_by_label(re.compile("^Skal overtage en rolle")).check()
    giving.choose("Hvad må kollegaen læse", "Sociale forhold")
    giving.press("Tag kollegaen med")
    giving.go(f"{course}handover/new/")
    giving.choose("Hvem overtager", re.compile(f"^{taker.name}"))
    giving.choose("Hvad er anledningen", "En anden kollega overtager")
    giving.fill("Hvorfor går koordineringen videre?", why)
    giving.fill(re.compile("^Til og med hvilken dag"), danish(house.today))
    handover = giving.press("Spørg kollegaen")
    assert _coordinates(giving, course) == giver.name
    taking = house.who(taker)
    taking.go(handover)
    assert why in taking.text
    taking.press("Sig ja og overtag")
    assert _coordinates(taking, course) == taker.name
    helping.kept(taking, course, "Stafetten givet videre")


def _coordinates(who: Walker, course: str) -> str:
    who.go(f"{course}team/")
    [row] = who.page.locator("main .person", has_text="Koordinerer").all_inner_texts()
    return row.partition("\n")[0]


def larger_help(house: House, course: str) -> None:
    """Level 3 is decided by the one who holds the baton now: evaluated, with the child's words."""
    signe = house.who(SIGNE)
    evaluate(signe, course, "evaluate-2", "Det hjælper, når Per ringer.")
    set_level(signe, course, 3, "Psykiatrien og skolen skal gøre det samme.")
    helping.kept(signe, course, "Evaluering på niveau 2", "Barnet hørt ved evalueringen")


def broad_help(house: House, course: str) -> None:
    """The family says yes to psychiatry, which joins the meeting; each says if the log is enough."""
    bente = house.who(BENTE)
    for name, by in ((CHILD, (MOTHER, FATHER)), (FATHER, (FATHER,))):
        helping.consent_for(bente, course, name, PSYCHIATRY, EVERYDAY, by)
    doing.let_in(
        bente, course, EVA, "Voksentilbud: psykiatri eller rusmiddelbehandling", ("Sociale forhold",)
    )
    doing.say_yes(house.who(EVA), course)
    doing.meet(bente, course, "broad-meeting", Gathering("Alle hører det samme.", (MAJA, PER, EVA)))
    doing.open_step(bente, course, "own-record")
    doing.answer(bente, {"Hvem handler det om?": CHILD})
    helping.kept(bente, course, "Bredt møde", "Hver enhed siger, om loggen er nok")


def down_again(house: House, course: str) -> None:
    """It works: the help becomes smaller, and school and home agree on what carries on."""
    bente = house.who(BENTE)
    evaluate(bente, course, "evaluate-3", "Jeg vil bare snakke med Bente nu.")
    set_level(bente, course, 1, "Jens er rask, og Otto er glad for at komme i skole.")
    doing.meet(bente, course, "common-understanding", Gathering("Hvad holder vi fast i?", (MAJA,)))
    helping.kept(bente, course, "Evaluering på niveau 3", "Barnet hørt ved evalueringen")


def the_end(house: House, course: str) -> None:
    """The goal is reached; what remains is written, and each who may gets the log."""
    bente = house.who(BENTE)
    ending = {"Hvad slags?": "Afslutning", "Hvem handler det om?": CHILD}
    doing.note_kind(bente, course, "decision.made", ending)
    doing.close(bente, course)
    helping.press_the_last_button(bente)
    helping.kept(bente, course, "Målet er nået: afslut med familien")
    doing.nothing_waits(bente, course)


def evaluate(who: Walker, course: str, step: str, words: str) -> None:
    """What was agreed is gone through, and the child is heard about it."""
    doing.meet(who, course, step, Gathering("Virker det, vi aftalte?", (MAJA,)))
    doing.hear(who, course, "child-view", words)


def test_a_wonder_grows_to_broad_help_and_down_again_until_the_end(house: House) -> None:
    course = maja_wonders_and_bente_takes_the_baton(house)
    a_wonder(house, course)
    opened = house.today
    house.turn_to(opened + timedelta(days=10))
    own_effort(house, course)
    house.turn_to(opened + timedelta(days=66))
    two_services(house, course)
    the_baton_passes(house, course, BENTE, SIGNE, "Signe kan samle flere om det end skolen.")
    for stranger in (JONAS, RUNE):
        doing.refused(house, stranger, course, "Mark")
    house.turn_to(opened + timedelta(days=115))
    larger_help(house, course)
    the_baton_passes(house, course, SIGNE, BENTE, "Bente kender de andre tjenester.")
    broad_help(house, course)
    house.turn_to(opened + timedelta(days=185))
    down_again(house, course)
    the_end(house, course)
