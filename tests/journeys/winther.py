"""The Winther family: written down by Karim, referred to Signe's unit; told through the pages alone."""

import re
from datetime import date

from samspil.foundation.kernel import clock
from tests.journeys.walking import Walker

CHILD, ILL, OTHER = "Freja Winther", "Ole Winther", "Helle Winther"
BORN = {CHILD: "3.5.2017", ILL: "1.2.1983", OTHER: "12.9.1985"}
WISH = "Vi vil gerne have, at Freja kan være barn, også når Ole har det svært."
RECEIVER = "Børn og Familie, Jammerbugt"
EVERYDAY = ("Navn og familie", "Hverdag", "Sociale forhold")


def danish(day: date) -> str:
    """A day as one types it."""
    return f"{day.day}.{day.month}.{day.year}"


def today() -> str:
    """Today, as one types it."""
    return danish(clock.today())


def write_person(who: Walker, name: str) -> str:
    """Write somebody down; returns the address of the record."""
    who.go("/people/new/")
    who.fill("Fulde navn", name)
    who.fill("Fødselsdato", BORN[name])
    return who.press("Gem")


def write_family(karim: Walker) -> str:
    """The three, and that both parents have custody; returns the child's address."""
    child = write_person(karim, CHILD)
    for parent in (ILL, OTHER):
        write_person(karim, parent)
        for tie in (
            f"{CHILD} er barn",
            f"{CHILD} er det barn, den anden har forældremyndighed over",
        ):
            karim.go(f"{child}ties/new/?q=Winther")
            karim.choose("Tilknytning", tie)
            karim.choose("Hvem", parent)
            karim.choose("Hvem siger det", "Familien siger det")
            karim.press("Gem")
    return child


def refer(karim: Walker, child: str) -> str:
    """Every task of the referral, until it can be sent; returns its address."""
    karim.go(child)
    karim.follow("Henvis familien")
    karim.fill(re.compile("^Find modtageren"), "Børn")
    karim.press("Find")
    karim.choose("Hvem modtager", RECEIVER)
    karim.choose("Hvilken model", "VIA Family 2.0")
    karim.press("Begynd henvisningen")
    karim.follow("Hvem er familien")
    karim.press("Gem og gå videre")
    karim.fill("Hvad ønsker familien selv?", WISH)
    karim.fill("Hvem sagde det?", "Helle og Ole")
    karim.fill("Hvad vil I gerne have hjælp til?", "En fast voksen i hverdagen.")
    karim.press("Gem og gå videre")
    answer_target_group(karim)
    karim.follow("Hvem kan modtageren ringe til")
    karim.fill("Telefon", "12 34 56 90")
    karim.press("Gem og gå videre")
    return re.sub(r"(/referrals/[0-9a-f-]{36}/).*", r"\1", karim.path)


def answer_target_group(karim: Walker) -> None:
    """Four conditions met, nothing that warns."""
    for question, answer in (
        ("Har mindst én forælder", "Ja"),
        ("Er forælderen i behandling", "Ja, det er i gang nu"),
        ("Er der behov for rådgivning", "Ja"),
        ("Har børnene, de voksne", "Ja"),
        ("Siger forælderen nej", "Nej"),
        ("Er der en akut", "Nej"),
    ):
        karim.choose(question, answer)
    karim.press("Gem svarene")
    assert "Ja, familien er i målgruppen." in karim.text
    assert "4 af 4 betingelser er opfyldt." in karim.text


def consent(karim: Walker, referral: str, name: str, topics: tuple[str, ...], by: tuple[str, ...]) -> None:
    """One person's answer on paper."""
    karim.go(f"{referral}consents/")
    karim.follow(re.compile(f"^Skriv svaret ned.*{name}"))
    karim.choose("Hvordan blev det besluttet", "Samtykke på papir")
    karim.page.get_by_label("Hvem modtager?").select_option(label=RECEIVER)
    karim.choose("Hvilke emner", *topics)
    karim.choose("Hvad var svaret", "Ja")
    karim.choose("Hvem har svaret", *by)
    karim.press("Skriv det ind")
    assert "Det er skrevet ind" in karim.text
