"""Signe closes a course in Chromium, step by step, and each in the family gets a copy of their own."""

import re
from contextlib import ExitStack
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import override_settings
from playwright.sync_api import Page

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.families.queries import person_records
from samspil.collaboration.programmes.actions import load_programmes
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.doors.demo.actions import actor_of
from samspil.doors.demo.colleagues import SIGNE
from samspil.foundation.access import wall
from samspil.foundation.kernel import clock
from tests import database as own_database
from tests.database import Database
from tests.journeys.walking import faults, log_in
from tests.server import Server

pytestmark = pytest.mark.browser
ROLES = {"Mette": "parent_ill", "Jens": "co_parent", "Alma": "child", "Noah": "child"}


@pytest.fixture
def space(site: Server, fresh_database: Database, django_db_blocker) -> UUID:
    """The course of the Lund family, which Signe coordinates."""
    today = clock.today()
    with (
        django_db_blocker.unblock(),
        own_database.pointing_at(fresh_database),
        override_settings(SAMSPIL_LOG_ALIAS="door"),
        ExitStack() as stack,
    ):
        load_programmes()
        signe = stack.enter_context(wall.acting_as(actor_of(SIGNE), "a journey"))
        records = {
            record.name.split()[0]: record for record in person_records(signe) if record.name.endswith("Lund")
        }
        people = [
            Newcomer(
                records[name].subject_id,
                records[name].born,
                (role,),
                in_focus=role == "child",
                name=records[name].name,
            )
            for name, role in ROLES.items()
        ]
        [version] = [row.pk for row in ProgrammeVersion.objects.all() if row.key == "via-family"]
        course = courses.open_course(
            actor=signe,
            version=version,
            people=people,
            opened_on=today - timedelta(days=500),
            today=today,
            roles={signe.membership_id: "municipal_coordinator"},
        )
        return course.space_id


def test_signe_closes_a_course_and_each_has_a_copy(page: Page, site: Server, space: UUID):
    log_in(page, site, SIGNE, f"/courses/{space}/close/")
    wrong = faults(page)
    page.get_by_role("link", name="1. Hvad er der tilbage").click()
    wrong += faults(page)
    page.get_by_label("Hvad sker der nu").fill("Skolen følger Alma. Ring til Signe, hvis det bliver svært.")
    page.get_by_role("button", name="Skriv det ind").click()

    page.get_by_role("link", name="2. Gennemgå samtykkerne").click()
    wrong += faults(page)
    page.get_by_role("button", name="Alt er set igennem").click()

    for name in ("Mette", "Jens", "Noah"):
        page.get_by_role("link", name="3. Familiens kopi").click()
        page.get_by_role("link", name=re.compile(f"Lav den.*{name} Lund")).click()
        page.get_by_role("button", name="Lav kopien").click()
        page.get_by_role("link", name="Hent kopien").wait_for()
        wrong += faults(page) if name == "Mette" else []
        page.get_by_role("link", name="Givet eller ikke givet").click()
        wrong += faults(page) if name == "Mette" else []
        page.get_by_label("Ja", exact=True).check()
        page.get_by_role("button", name="Skriv det ind").click()
        wrong += faults(page) if name == "Mette" else []
        page.get_by_role("link", name="Alle fire trin").click()

    page.get_by_role("link", name="4. Afslut forløbet").click()
    wrong += faults(page)
    page.get_by_label("Familien har det, den har brug for").check()
    page.get_by_role("button", name="Afslut forløbet").click()
    page.get_by_text("Forløbet er afsluttet.").wait_for()
    wrong += faults(page)

    page.get_by_role("link", name="På én side").click()
    wrong += faults(page)
    assert page.get_by_role("heading", name="Hvem kan jeg ringe til?").is_visible()
    assert not wrong, "\n".join(wrong)
