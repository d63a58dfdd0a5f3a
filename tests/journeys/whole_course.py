"""The whole course of VIA Family by region and municipality, told through the pages alone."""

import re
from datetime import timedelta

from samspil.foundation.kernel import clock
from tests.journeys import winther
from tests.journeys.walking import Walker
from tests.journeys.winther import CHILD, EVERYDAY, ILL, OTHER, WISH

DECISION = "Freja ringer til Helle, og ellers til Karim."
CHILD_SAYS = "Jeg vil gerne vide, hvem jeg må ringe til om natten."
ADULT_PLAN = {
    "signs__0__sign": "Jeg sover ikke",
    "signs__1__sign": "Jeg svarer ikke",
    "tasks__0__who": "Helle",
    "tasks__0__what": "Henter Freja",
    "tasks__1__who": "Karim",
    "tasks__1__what": "Ringer hver dag",
    "tells": "Helle siger det ved aftensmaden.",
}
CHILD_PLAN = {
    "may__0__text": "Jeg må ringe til mor. Også om natten.",
    "may__1__text": "Jeg må gå over til naboen.",
    "people__0__name": "Mor",
    "people__0__phone": "12 34 56 71",
    "adults__0__text": "Mor ringer til Karim.",
}


def take_one_family_through_the_model(karim: Walker, signe: Walker) -> None:
    """From the referral to the closing, as the two do it together."""
    referral = _karim_refers(karim, signe)
    course = _signe_says_yes(signe, referral)
    _karim_says_yes(karim, course)
    _they_meet(karim, signe, course)
    _they_agree_on_a_plan(karim, signe, course)
    _each_sees_what_is_shared(karim, signe, course)
    _tools_and_contact(karim, signe, course)
    _signe_closes(signe, course)


def _karim_refers(karim: Walker, signe: Walker) -> str:
    winther.write_person(signe, OTHER)
    child = winther.write_family(karim)
    referral = winther.refer(karim, child)
    signe.go("/inbox/")
    assert "Winther" not in signe.text
    karim.go(f"{referral}send/")
    assert karim.page.get_by_role("button", name="Send henvisningen").count() == 0
    for name, topics, by in (
        (CHILD, EVERYDAY, (ILL, OTHER)),
        (ILL, (*EVERYDAY, "Helbred"), (ILL,)),
        (OTHER, EVERYDAY, (OTHER,)),
    ):
        winther.consent(karim, referral, name, topics, by)
    karim.go(f"{referral}sharing/")
    assert "Tekst i henvisningen" in karim.text
    karim.go(f"{referral}send/")
    karim.press("Send henvisningen")
    assert "Her er din kvittering" in karim.text
    assert "Venter på modtagerens svar" in karim.text
    return referral


def _signe_says_yes(signe: Walker, referral: str) -> str:
    signe.go("/inbox/")
    signe.follow(re.compile("Familien Winther"))
    assert signe.path == referral
    assert WISH in signe.text
    signe.follow("Sig ja")
    signe.choose(OTHER, re.compile("^Den samme som vores Helle Winther"))
    signe.press("Sig ja, og åbn forløbet")
    assert "forløbet er åbnet" in signe.text
    signe.go("/inbox/")
    assert "Winther" not in signe.text
    return referral.replace("/referrals/", "/courses/")


def _karim_says_yes(karim: Walker, course: str) -> None:
    karim.go(course)
    assert "Åbent nu:\nKontaktperson i regionen" in karim.text
    assert "Du er spurgt: Kontaktperson i VIA-teamet." in karim.text
    karim.follow(re.compile("^Sig ja"))
    karim.press("Sig ja")
    assert "De andre kan se, at du har sagt ja" in karim.text
    karim.go(course)
    assert "Gjort:\nKontaktperson i regionen" in karim.text


def _they_meet(karim: Walker, signe: Walker, course: str) -> None:
    signe.go(course)
    meeting = _plan_meeting(signe)
    karim.go(meeting)
    karim.follow(re.compile("^Svar"))
    karim.choose("Hvad er svaret", "Kommer")
    karim.press("Skriv det ind")
    signe.go(meeting)
    signe.follow(re.compile("^Sæt på dagsordenen"))
    signe.fill("Hvad vil I tale om?", "Hvem ringer Freja til?")
    signe.press("Sæt på dagsordenen")
    signe.go(f"{meeting}begin/")
    signe.press("Begynd mødet")
    signe.fill("En ny beslutning", DECISION)
    signe.press("Tilføj beslutning")
    signe.follow(re.compile("^Giv en opgave.*Karim"))
    signe.fill("Hvad?", "Laver Frejas tryghedsplan")
    signe.fill("Senest hvilken dag?", winther.danish(clock.today() + timedelta(days=14)))
    signe.press("Skriv det ind")
    signe.go(f"{meeting}close/")
    signe.press("Skriv det ind")
    signe.follow("Skriv referatet")
    signe.fill("Hvad talte I om?", "Vi talte om nætterne.")
    signe.press("Del referatet")
    karim.go(f"{meeting}minutes/")
    assert DECISION in karim.text
    assert "Laver Frejas tryghedsplan" in karim.text
    signe.go(course)
    assert "Gjort:\nFælles opstartsmøde" in signe.text
    signe.go("/")
    assert signe.page.locator(f"section[aria-labelledby=mine] a[href^='{course}meetings/new/']").count() == 0


def _plan_meeting(signe: Walker) -> str:
    signe.follow(re.compile("^Forbered mødet.*Fælles opstartsmøde"))
    signe.fill("Hvorfor mødes I?", "Vi mødes første gang, alle sammen.")
    signe.fill("Hvilken dag?", winther.today())
    signe.fill("Hvad tid?", "14.30")
    signe.choose("Hvilke fagfolk", "Karim Saleh, VIA-teamet")
    return signe.press("Planlæg mødet")


def _they_agree_on_a_plan(karim: Walker, signe: Walker, course: str) -> None:
    _write_goal(signe, course, "Freja, 9 år", "Jeg vil vide, hvem jeg kan ringe til.", "Kommunen")
    _write_goal(karim, course, "Helle", "Jeg vil ikke være den eneste, der husker alt.", "Regionen")
    signe.go(f"{course}plan/")
    signe.follow("Aftal planen")
    for answer in signe.page.locator("main input[type=radio][value=agreed]").all():
        answer.check()
    signe.press("Planen gælder")
    assert "Planen er aftalt" in signe.text
    signe.go(f"{course}plan/efforts/new/")
    signe.choose("Hvem er den til", "Freja, 9 år")
    signe.page.get_by_label("Hvilken slags hjælp er det?").select_option(label="Vejledning i hjemmet")
    signe.fill("Hvad kalder I det sammen med familien?", "Familievejledning om tirsdagen")
    signe.choose("Hvem giver den", "Kommunen")
    signe.fill("Hvilket sted eller team?", "Familiehuset")
    signe.page.get_by_label("Hvad skal den hjælpe med?", exact=True).fill("I får hjælp til hverdagen.")
    signe.fill("Hvad skal den hjælpe med, fortalt til et barn?", "En voksen kommer hjem til jer.")
    signe.choose("Hvor langt er den", "Besluttet")
    signe.press("Gem indsatsen")
    signe.follow("Den er begyndt")
    signe.press("Gem")
    signe.go(course)
    for done in ("Fælles plan aftalt", "Kommunal indsats i gang"):
        assert f"Gjort:\n{done}" in signe.text


def _write_goal(who: Walker, course: str, whose: str, words: str, lead: str) -> None:
    who.go(f"{course}plan/goals/new/")
    who.choose("Hvis mål er det", whose)
    who.fill("Hvad vil I gerne nå?", words)
    who.page.get_by_label(re.compile("^Hvem sagde det")).select_option(label=whose)
    who.fill(re.compile("^Hvornår blev det sagt"), winther.today())
    who.page.get_by_label("Det står præcis, som det blev sagt").check()
    for number, step in enumerate(("Slet ikke", "Nogle gange", "For det meste", "Altid", "Uden at tænke")):
        who.page.locator(f"[name=step_{number}]").fill(step)
    who.page.get_by_label(re.compile("^På hvilket trin")).select_option(index=1)
    who.page.get_by_label(re.compile("^Hvem går forrest")).select_option(label=lead)
    who.page.get_by_label(re.compile("^Hvem følger op")).select_option(index=1)
    who.fill(re.compile("^Hvornår senest"), winther.danish(clock.today() + timedelta(days=60)))
    who.press("Gem målet")
    assert words in who.text


def _each_sees_what_is_shared(karim: Walker, signe: Walker, course: str) -> None:
    signe.go(f"{course}documents/children/new/")
    signe.choose("Hvordan", "I en samtale")
    signe.fill("Hvad sagde barnet?", CHILD_SAYS)
    signe.choose("Hvis ord er det", "Barnets egne ord")
    signe.page.locator("main input[name=category][value='4']").check()
    signe.choose("Må de andre se det", "Ja. De, der er med i forløbet, må se det.")
    child_view = signe.press("Skriv det ind")
    assert "De andre ser det" in signe.text
    karim.go(child_view)
    assert CHILD_SAYS in karim.text
    for topic, words, is_shared in (
        ("4", "Hverdag: Freja sover godt.", True),
        ("8", "Skole: fravær.", False),
    ):
        signe.go(f"{course}documents/notes/new/")
        signe.page.locator(f"main input[name=category][value='{topic}']").check()
        signe.page.get_by_label("Notatet", exact=True).fill(words)
        note = signe.press("Skriv notatet")
        answer = karim.page.request.get(karim.site.url(note))
        assert (words in answer.text()) is is_shared, words


def _tools_and_contact(karim: Walker, signe: Walker, course: str) -> None:
    for plan, words, share in (
        ("Forælderens tryghedsplan", ADULT_PLAN, False),
        ("Min plan", CHILD_PLAN, True),
    ):
        karim.go(f"{course}documents/tools/")
        karim.follow(re.compile(f"^{plan}"))
        for name, text in words.items():
            karim.page.locator(f"main [name={name}]").fill(text)
        karim.press("Det er færdigt")
        if share:
            karim.follow("Giv det til nogen")
            karim.press("Skriv, hvem der har fået det")
    signe.go(f"{course}contact/")
    signe.choose("Hvad for en kontakt", "Koordinering")
    signe.press("Notér kontakten")
    karim.go(f"{course}documents/sent/new/")
    karim.choose("Hvad handler notatet om", "Noget slutter eller bliver givet videre")
    karim.choose("Hvem får det", "Kommunen")
    karim.page.locator("main input[name=category][value='4']").check()
    karim.page.get_by_label("Notatet", exact=True).fill("Karim fortsætter til foråret.")
    karim.page.get_by_label("Familien har set notatet").check()
    karim.fill(re.compile("^Hvornår så"), winther.today())
    sent = karim.press("Send notatet")
    signe.go(sent)
    assert "Karim fortsætter til foråret." in signe.text
    signe.go(course)
    for done in ("Tryghedsplan", "Barnets tryghedsplan: Freja"):
        assert f"Gjort:\n{done}" in signe.text


def _signe_closes(signe: Walker, course: str) -> None:
    signe.go(course)
    signe.follow("Afslut forløbet")
    signe.follow(re.compile("^1. Hvad er der tilbage"))
    for field in signe.page.locator("main textarea").all():
        field.fill("Signe følger op til foråret. Ring, hvis det bliver svært.")
    signe.press("Skriv det ind")
    signe.follow(re.compile("^2. Gennemgå samtykkerne"))
    for keep in signe.page.locator("main input[type=radio][value=keep]").all():
        keep.check()
    signe.press("Alt er set igennem")
    for name in (ILL, OTHER):
        signe.follow(re.compile("^3. Familiens kopi"))
        signe.follow(re.compile(f"Lav den.*{name}"))
        signe.press("Lav kopien")
        address = signe.page.get_by_role("link", name="Hent kopien").get_attribute("href")
        assert address is not None
        copy = signe.page.request.get(signe.site.url(address))
        assert copy.body().startswith(b"%PDF")
        signe.follow("Givet eller ikke givet")
        signe.page.get_by_label("Ja", exact=True).check()
        signe.press("Skriv det ind")
        signe.follow("Alle fire trin")
    signe.follow(re.compile("^4. Afslut forløbet"))
    signe.page.get_by_label("Familien har det, den har brug for").check()
    signe.press("Afslut forløbet")
    assert "Forløbet er afsluttet." in signe.text
    signe.go("/")
    waiting = signe.page.locator(f"section[aria-labelledby=mine] a[href^='{course}']")
    assert all("Opfølgende opkald" in text for text in waiting.all_inner_texts() if "Familien" not in text)
