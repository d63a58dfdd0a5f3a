"""A model's whole way in one journey: taken up whole and in parts, told of, published anew, upgraded."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.programmes import loading
from samspil.doors.demo import actions as demo
from samspil.doors.demo.colleagues import AGNETE, ELSEWHERE, HANNE, Colleague
from samspil.doors.demo.courses.telling import by
from samspil.doors.demo.simulate import staging
from samspil.doors.demo.simulate.asked import Asked
from samspil.doors.demo.simulate.families import Relative
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from tests import database as own_database
from tests.database import Database
from tests.journeys.walking import Walker, faults
from tests.server import Server

pytestmark = pytest.mark.browser
KEY, OLD, NEW = "en-familie-en-indgang", "2021-finansiering", "2022-beslutningskompetence"
NEW_WORDS = "2022 (beslutningskompetence)"
ROLL_OUT = re.compile("^Udbredelse af koordinerede indsatser")
INGER = Colleague("inger.vest", "Inger Vest", "Leder", ((ELSEWHERE, RoleKey.LEADER),), "")
MADS = Colleague("mads.vest", "Mads Vest", "Familiekoordinator", ((ELSEWHERE, RoleKey.CASEWORKER),), "")
LIS = Colleague("lis.vest", "Lis Vest", "Rådgiver", ((ELSEWHERE, RoleKey.CASEWORKER),), "")
Opened = Callable[[str, date], UUID]


@pytest.fixture
def opened(fresh_database: Database, django_db_blocker) -> Iterator[Opened]:
    """Opens a course of the first version in the neighbour municipality, for a child with one parent."""

    def open_course(surname: str, on: date) -> UUID:
        people = (
            Relative(f"Liv {surname}", date(on.year - 7, 5, 1), "child", in_focus=True),
            Relative(f"Ida {surname}", date(1988, 3, 1), "parent", in_focus=False),
        )
        asked = Asked(loading.library().programme(KEY, OLD))
        with own_database.pointing_at(fresh_database), override_settings(SAMSPIL_LOG_ALIAS="door"):
            stage = staging.opened(asked, {"family_coordinator": MADS, "core_team": LIS}, people, on)
        return stage.space

    with django_db_blocker.unblock():
        with own_database.pointing_at(fresh_database):
            demo.make_organisations((), (INGER, MADS, LIS))
        yield open_course


def _noted(database: Database, space: UUID, fact: str, on: date, **attributes: object) -> None:
    with (
        own_database.pointing_at(database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
        by(MADS, on) as actor,
    ):
        courses.note_fact(actor=actor, space=space, kind=fact, on=on, today=on, attributes=attributes)


def test_from_adopting_to_upgrading(browser: Browser, site: Server, opened: Opened, fresh_database: Database):
    today = clock.today()
    before = opened("Aagaard", today - timedelta(days=150))
    _noted(fresh_database, before, "financing.agreed", today - timedelta(days=100), kind="frame")
    _noted(fresh_database, before, "meeting.held", today - timedelta(days=10), kind="core-team")
    hanne, inger = (Walker.enter(browser, site, who, looks=False) for who in (HANNE, INGER))
    _taken_up_whole(hanne)
    _taken_up_in_parts(inger)
    _only_one_of_the_two(inger)

    running = opened("Bach", today)
    mads = Walker.enter(browser, site, MADS)
    _the_course_shows_what_is_different(mads, running)
    _does_this_step_work(mads)

    agnete = Walker.enter(browser, site, AGNETE, looks=False)
    _the_owner_reads_tries_and_publishes(agnete)
    _the_owner_sees_all_side_by_side(agnete)

    _the_leader_changes_to_the_new_version(inger)
    _a_course_is_upgraded_and_taken_back(mads, before)
    _all_at_once(mads, ("Aagaard", "Bach"))
    assert [one.leave() for one in (hanne, inger, mads, agnete)] == [[], [], [], []]


def _next(who: Walker, heading: str, *, looks: bool = False) -> None:
    """One step further in the form, to the step with this heading. All steps have one address."""
    who.press("Næste")
    expect(who.page.get_by_role("heading", level=2, name=heading)).to_be_visible()
    if looks:
        who.wrong += faults(who.page)


def _taken_up_whole(hanne: Walker) -> None:
    """Jammerbugt runs the first version as its owner wrote it."""
    hanne.go(f"/models/{KEY}/{OLD}/")
    hanne.follow("Tag modellen i brug")
    hanne.page.get_by_label("Uden for et initiativ").check()
    for heading in ("Det, I vælger", "Det, I fravælger", "Jeres egne trin", "Se det igennem"):
        _next(hanne, heading)
    assert "Ingen forskelle" in hanne.text
    hanne.press("Tag modellen i brug")
    assert "Som ejeren har skrevet den" in hanne.text


def _taken_up_in_parts(inger: Walker) -> None:
    """Aalborg takes it up through the roll-out, with what the model lets it change."""
    inger.go(f"/models/{KEY}/{OLD}/adopt/")
    inger.page.get_by_label(ROLL_OUT).check()
    inger.press("Næste")
    assert "Skriv, hvorfor I vælger denne model." in inger.text
    inger.fill("Hvorfor vælger I denne model?", "Forældrene møder fire afdelinger i dag.")
    _next(inger, "Det, I vælger", looks=True)
    inger.choose("Hvor tit mødes kerneteamet", "Hver 6. uge")
    inger.choose("Sådan betaler I sammen", "Fælles pulje")
    _next(inger, "Det, I fravælger")
    assert "har udgivet det som kerneelement" in inger.text
    _leave_out_what_is_locked(inger)
    inger.page.get_by_label("Netværkskort").check()
    inger.page.get_by_label("Stress som forælder (forældrene svarer)").check()
    _next(inger, "Hvorfor I fravælger det")
    for field in inger.page.locator("main textarea").all():
        field.fill("Vi har vores eget.")
    _next(inger, "Jeres egne trin")
    inger.press("Tilføj et trin")
    inger.fill("Hvad hedder trinnet?", "Besøg på skolen")
    inger.fill("Hvad sker der?", "Vi hører barnets lærer, hvordan det går.")
    _next(inger, "Se det igennem")
    for line in (
        "Fælles pulje",
        "Fravalgt: Netværkskort",
        "Fravalgt: Stress som forælder",
        "Tilføjet: Besøg",
    ):
        assert line in inger.text
    inger.press("Tag modellen i brug")
    assert "5 forskelle" in inger.text


def _leave_out_what_is_locked(inger: Walker) -> None:
    """A locked part has no box; sent all the same, it is refused with the reason."""
    assert inger.page.locator("input[value='step:joint-plan']").count() == 0
    box = inger.page.locator("input[name=leaves]").first
    box.evaluate("box => { box.value = 'step:joint-plan'; box.checked = true }")
    inger.press("Næste")
    assert "kan ikke fravælges: Det hører til et kerneelement" in inger.text
    expect(inger.page.get_by_role("heading", level=2, name="Det, I fravælger")).to_be_visible()


def _only_one_of_the_two(inger: Walker) -> None:
    """The roll-out lets an authority choose exactly one model."""
    inger.go("/models/sammen-om-familien/2021/adopt/")
    inger.page.get_by_label(ROLL_OUT).check()
    inger.fill("Hvorfor vælger I denne model?", "Vi vil gerne have begge.")
    inger.press("Næste")
    assert "præcis én model, og I har valgt »Én familie – én indgang" in inger.text


def _the_course_shows_what_is_different(mads: Walker, course: UUID) -> None:
    mads.go(f"/courses/{course}/")
    assert "udgave: 5 forskelle" in mads.text
    mads.follow(re.compile("udgave: 5 forskelle"))
    for line in ("Fravalgt: Netværkskort", "Vi har vores eget.", "Jeres egen tilpasning"):
        assert line in mads.text


def _does_this_step_work(mads: Walker) -> None:
    mads.go(f"/models/{KEY}/{OLD}/steps/financing-key/")
    mads.follow("Sig, hvad I oplever")
    mads.page.locator("main input[type=radio]").nth(2).check()
    mads.page.locator("main textarea").fill("Vi bruger tre møder på at blive enige om, hvem der betaler.")
    mads.press("Send svaret")
    assert "Tak." in mads.text


def _the_owner_reads_tries_and_publishes(agnete: Walker) -> None:
    agnete.go("/experience/")
    agnete.go(f"/experience/{KEY}/{OLD}/")
    assert "Vi bruger tre møder på at blive enige" in agnete.text
    agnete.go("/models/owned/")
    for key, version, causes in (
        ("styrket-familiebehandling", "2023", ("Set:", "Besluttet:")),
        (KEY, NEW, ("Besluttet:",)),
    ):
        agnete.go(f"/models/{key}/{version}/trial/")
        for word in ("Falder væk", "Kommer til"):
            assert word in agnete.text
        agnete.go(f"/models/{key}/{version}/publish/")
        for cause in causes:
            assert cause in agnete.text
        agnete.fill("Hvad blev besluttet, og af hvem?", "Styregruppen i november.")
        agnete.press("Udgiv")
        assert "Versionen er udgivet." in agnete.text
    agnete.go(f"/models/{KEY}/{NEW}/publish/")
    assert "En udgivet version ændres aldrig." in agnete.text
    assert agnete.page.get_by_role("button", name="Udgiv", exact=True).count() == 0


def _the_owner_sees_all_side_by_side(agnete: Walker) -> None:
    agnete.go(f"/models/{KEY}/{OLD}/variants/")
    for name in ("Aalborg", "Jammerbugt"):
        expect(agnete.page.get_by_role("columnheader", name=name)).to_be_visible()
    assert "Fravalgt: Netværkskort" in agnete.text


def _the_leader_changes_to_the_new_version(inger: Walker) -> None:
    inger.go("/models/ours/")
    assert f"Der er en nyere version: {NEW_WORDS}" in inger.text
    inger.follow(re.compile(re.escape(f"Skift til {NEW_WORDS}")))
    assert "Det her følger med fra jeres udgave:" in inger.text
    assert "Det her passer ikke i" in inger.text
    assert inger.page.get_by_text("Sådan betaler I sammen: Fælles pulje").is_visible()
    for heading in ("Det, I vælger", "Det, I fravælger", "Hvorfor I fravælger det", "Jeres egne trin"):
        _next(inger, heading)
    _next(inger, "Se det igennem")
    for line in ("Hver 6. uge", "Fravalgt: Netværkskort", "Tilføjet: Besøg på skolen"):
        assert line in inger.text
    inger.press(f"Skift til {NEW_WORDS}")
    assert "4 forskelle" in inger.text
    assert "Der er en nyere version" not in inger.text


def _a_course_is_upgraded_and_taken_back(mads: Walker, course: UUID) -> None:
    mads.go(f"/courses/{course}/")
    mads.follow("En anden version af modellen")
    mads.page.locator("main form button").first.click()
    mads.here()
    for part in ("Nye trin", "Trin, der falder væk", "Bliver stående", "Andre dage"):
        expect(mads.page.get_by_role("heading", name=part)).to_be_visible()
    mads.fill("Hvorfor skifter forløbet version?", "Kommunen kører den nye nu.")
    mads.press("Skift version")
    assert "Forløbet fortsætter efter den nye version." in mads.text
    assert "Nøgle for fælles betaling: Gjort" in mads.text
    mads.follow("Tag det tilbage")
    mads.fill(re.compile("^Hvorfor"), "Vi tager alle på én gang.")
    mads.press("Tag det tilbage")
    assert "Forløbet er tilbage" in mads.text


def _all_at_once(mads: Walker, families: Sequence[str]) -> None:
    mads.follow("Alle jeres forløb, der kan skifte version")
    for family in families:
        mads.page.get_by_label(re.compile(family)).check()
    mads.fill("Hvorfor skifter forløbet version?", "Kommunen kører den nye nu.")
    mads.press("Skift version")
    for family in families:
        assert re.search(f"{family}.* fortsætter under den nye version", mads.text)
