"""The law as dated data: rows follow each other, who uses what is known, and what is due to be read anew."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.catalogue import loading as catalogue
from samspil.collaboration.families.rules.ages import CHANGES
from samspil.collaboration.programmes import loading, statutes
from samspil.collaboration.programmes.language.law import Age, Clock, Duty, Row
from samspil.collaboration.programmes.presenters import law as shown
from samspil.collaboration.programmes.statutes import Why
from samspil.collaboration.sharing import law as sharing
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.web.further import Topic, about

LIBRARY = loading.library()
TODAY = date(2026, 11, 22)
NEW_ROW = """  - key: childs-plan-3m
    title: {da: "Barnets plan færdig", en: "Child's plan ready"}
    rule: {da: "Planen er færdig senest 2 måneder efter afgørelsen.", en: "Ready two months after."}
    section: barnets lov § 91
    due: {after: {each: effort.decided, where: {sector: municipality, plan: true}, by: effort}, within: P2M}
    evidence: {fact: child_plan.ready, shared: true}
    breach: {da: "Opgave til rådgiveren.", en: "A task for the adviser."}
    source: F53
    checked_on: 2026-10-01
    valid_from: 2026-10-01
    changed: {da: "Fristen er gået fra 3 til 2 måneder.", en: "From three months to two."}
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    root = tmp_path / "definitions"
    shutil.copytree(loading.ROOT, root)
    return root


def changed(root: Path, extra: str = "", *, ends: str = "2026-09-30") -> Path:
    """The child's plan gets a second, shorter row from 1 October 2026."""
    path = root / "law" / "barnets-lov.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text.split("  - key: childs-plan-3m\n", 1)
    first, rest = tail.split("    valid_from: 2024-01-01\n", 1)
    row = f"  - key: childs-plan-3m\n{first}    valid_from: 2024-01-01\n    valid_to: {ends}\n"
    path.write_text(head + row + NEW_ROW + extra + rest, encoding="utf-8")
    return root


class TestLineFourOfTheTask:
    def test_the_table_of_ages_stands_as_dated_data(self) -> None:
        rows = [row for one in LIBRARY.provisions.values() for row in one.rows if isinstance(row, Age)]
        assert {row.age for row in rows} == {0, 10, 13, 15, 16, 18, 23}
        assert {row.key for row in rows if row.age == 15} == {
            "own-yes-at-15", "digital-post-at-15", "health-consent-at-15"
        }  # fmt: skip
        unverified = {row.key for row in rows if row.unverified}
        assert unverified == {"own-yes-at-15", "youth-support-ends-at-23"}

    def test_what_the_house_does_on_birthdays_stands_on_those_rows(self) -> None:
        for change in CHANGES:
            row = LIBRARY.provisions[change.provision].rows[0]
            assert isinstance(row, Age)
            assert row.age == change.age

    def test_the_six_areas(self) -> None:
        row = LIBRARY.provisions["barnets-lov-123"].rows[0]
        assert isinstance(row, Duty)
        assert [area.da for area in row.areas] == [
            "Behov for støtte", "Uddannelse", "Job og forsørgelse", "Bolig", "Sociale forhold",
            "Andre forhold",
        ]  # fmt: skip
        users = {use.name for use in LIBRARY.uses["barnets-lov-123"]}
        assert "unge-overgang/2015" in users

    def test_the_register_of_deadlines(self) -> None:
        clocks = {key for key, one in LIBRARY.provisions.items() if isinstance(one.rows[0], Clock)}
        assert clocks == {
            "report-assessed-24h", "report-receipt-6wd", "assessment-4m", "childs-plan-3m", "first-follow-up",
            "youth-plan-3m", "youth-plan-decided-3m", "transition-start-16", "transition-ready-at-18",
            "consent-lapses-12m", "access-answered-7wd", "log-access-1m", "breach-notified-72h",
            "complaint-4w",
        }  # fmt: skip

    def test_every_row_has_statute_source_and_days(self) -> None:
        for one in LIBRARY.provisions.values():
            for row in one.rows:
                assert row.section
                assert row.source in LIBRARY.sources
                assert date(2026, 1, 1) < row.checked_on <= date.today()  # noqa: DTZ011 - a day ahead is a lie
                assert row.valid_from <= row.checked_on


@pytest.mark.parametrize(
    ("due", "message"),
    [
        ("within: P3M}", None),
        ("within: P2M}", None),
        ("within: P4M}", "the step is looser than the law (barnets lov § 91"),
        ("within: P93D}", "the step is looser than the law"),
        ("within: P2M, window: {late: P1M}}", None),
        ("within: P2M, window: {late: P2M}}", "the step's window is looser than the law"),
        ("within: P3M, window: {late: P7D}}", "the step's window is looser than the law"),
    ],
)
def test_a_model_is_as_strict_as_the_law_or_stricter(copy: Path, due: str, message: str | None) -> None:
    path = copy / "programmes/via-family/2.0-draft/programme.yaml"
    anchor = "{each: effort.decided, where: {sector: municipality, plan: true}}"
    text = path.read_text(encoding="utf-8")
    own = text.replace("due: {clock: childs-plan-3m}", f"due: {{after: {anchor}, {due}", 1)
    path.write_text(own, encoding="utf-8")
    if message is None:
        loading.library(copy)
        return
    with pytest.raises(DefinitionError) as error:
        loading.library(copy)
    assert message in str(error.value)


def test_a_rhythm_on_a_clock_of_the_law_is_never_looser(copy: Path) -> None:
    law = copy / "law" / "barnets-lov.yaml"
    text = law.read_text(encoding="utf-8")
    plain = text.replace("after: child.aware, within: P4M", "after: course.opened, within: P4M")
    law.write_text(plain, encoding="utf-8")
    path = copy / "programmes/via-family/2.0-draft/programme.yaml"
    text = path.read_text(encoding="utf-8")
    at = text.index("repeats:")
    start = text.rindex("      - key:", 0, at)
    step = text[start : text.index("\n      - key:", at)]
    every = step[step.index("every: ") :].split(",")[0].split("}")[0].removeprefix("every: ")
    assert every in {"P6W", "P42D", "P3M", "P1M"}
    loose = step.replace(f"every: {every}", "every: P6M") + "\n        clock: assessment-4m"
    path.write_text(text.replace(step, loose), encoding="utf-8")
    with pytest.raises(DefinitionError, match=r"starts from|looser than the law|rhythm"):
        loading.library(copy)


class TestAProvisionThatChanges:
    def test_versions_keep_the_law_they_were_written_under(self, copy: Path) -> None:
        before = {(one.key, one.version): one.content_hash for one in LIBRARY.programmes}
        after = loading.library(changed(copy))
        assert {(one.key, one.version): one.content_hash for one in after.programmes} == before

    def test_all_that_use_it_are_listed_until_looked_through(self, copy: Path) -> None:
        library = loading.library(changed(copy))
        page = shown.provision_page(
            library.provisions["childs-plan-3m"], library, library.law_review, TODAY, "da"
        )
        names = {use.name for use in library.uses["childs-plan-3m"]}
        assert len(page.behind) == len(library.uses["childs-plan-3m"]) == len(names)
        assert [one.period for one in page.versions][-1].endswith("30. sep. 2026")
        lines = shown.law_page(library, library.law_review, TODAY, "da").anew
        assert lines[0].url == reverse("law:provision", args=["childs-plan-3m"])
        assert lines[0].reasons[0].kind == "late"

    def test_before_the_day_it_is_a_change_that_is_coming(self, copy: Path) -> None:
        library = loading.library(changed(copy))
        provision = library.provisions["childs-plan-3m"]
        early = date(2026, 9, 1)
        assert [due.why for due in statutes.due(provision, early, "P12M", is_behind=False)] == [Why.COMING]
        page = shown.provision_page(provision, library, library.law_review, early, "da")
        assert page.behind == []
        assert "2 måneder" in page.reasons[0].note

    def test_who_is_named_as_looked_through_is_not_listed(self, copy: Path) -> None:
        seen = "    reviewed: {via-family/2.0-draft: 2026-10-05}\n"
        library = loading.library(changed(copy, seen))
        page = shown.provision_page(
            library.provisions["childs-plan-3m"], library, library.law_review, TODAY, "da"
        )
        assert len(page.behind) == len(library.uses["childs-plan-3m"]) - 1
        assert not any("/via-family/" in one.url for one in page.behind)

    def test_a_version_that_takes_the_new_law_follows_it(self, copy: Path) -> None:
        root = changed(copy)
        path = root / "programmes/via-family/2.0-draft/programme.yaml"
        path.write_text(path.read_text(encoding="utf-8") + "\nlaw_on: 2026-10-01\n", encoding="utf-8")
        library = loading.library(root)
        programme = library.programme("via-family", "2.0-draft")
        [step] = [one for one in programme.steps if one.clock == "childs-plan-3m"]
        assert step.due.within == "P2M"
        page = shown.provision_page(
            library.provisions["childs-plan-3m"], library, library.law_review, TODAY, "da"
        )
        assert not any("/via-family/" in one.url for one in page.behind)

    def test_a_text_of_the_catalogue_is_listed_from_the_day_it_was_checked(self) -> None:
        first = LIBRARY.provisions["tidlig-forebyggelse"].rows[0]
        new = first.model_copy(update={"valid_from": date(2026, 11, 23), "changed": first.words})
        one = statutes.Provision("tidlig-forebyggelse", LIBRARY.provisions[first.key].law, (first, new))
        page = shown.provision_page(one, LIBRARY, LIBRARY.law_review, date(2026, 12, 1), "da")
        behind = {user.url for user in page.behind}
        for key in ("leaflet-school", "leaflet-day-care", "law-sharing-with-consent"):
            assert reverse("catalogue:entry", args=[key]) in behind

    @pytest.mark.parametrize(
        ("break_it", "message"),
        [
            (lambda root: changed(root, ends="2026-09-15"), "does not begin the day after"),
            (lambda root: changed(root, ends="2026-12-31"), "does not begin the day after"),
        ],
    )
    def test_rows_that_do_not_follow_each_other_do_not_load(
        self, copy: Path, break_it: Callable[[Path], Path], message: str
    ) -> None:
        with pytest.raises(DefinitionError, match=message):
            loading.library(break_it(copy))

    def test_a_change_that_does_not_say_what_has_changed_does_not_load(self, copy: Path) -> None:
        root = changed(copy)
        path = root / "law" / "barnets-lov.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if "    changed:" not in line), encoding="utf-8")
        with pytest.raises(DefinitionError, match="what has `changed`"):
            loading.library(root)

    def test_one_key_means_one_provision(self, copy: Path) -> None:
        path = copy / "law" / "oplysninger.yaml"
        text = path.read_text(encoding="utf-8").replace("key: sundhedsloven-41", "key: barnets-lov-5")
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DefinitionError, match="stands for two provisions"):
            loading.library(copy)


def a_row(**more: object) -> Row:
    row = LIBRARY.provisions["barnets-lov-2"].rows[0]
    return row.model_copy(update={"unverified": None, **more})


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (a_row(checked_on=date(2026, 1, 1)), []),
        (a_row(checked_on=date(2025, 11, 23)), []),
        (a_row(checked_on=date(2025, 11, 22)), [Why.OLD]),
        (a_row(valid_to=date(2026, 11, 21)), [Why.ENDED]),
        (a_row(valid_to=date(2026, 11, 22)), []),
        (a_row(valid_from=date(2027, 1, 1)), [Why.COMING]),
    ],
)
def test_what_is_due_to_be_read_anew(row: Row, why: list[Why]) -> None:
    one = statutes.Provision(row.key, LIBRARY.provisions["barnets-lov-2"].law, (row,))
    assert [due.why for due in statutes.due(one, TODAY, "P12M", is_behind=False)] == why


def test_rules_about_sharing_and_ages_name_provisions_that_are_there() -> None:
    found = sharing.in_force()
    named = [one.provision for one in (*found.grounds, *found.ages, found.consent)]
    assert set(named) <= set(LIBRARY.provisions)
    for key in named:
        assert any(not told.url for told in about(Topic.USES, key, "da")), key


def test_every_use_in_models_and_texts_is_listed() -> None:
    """Counted from the stored definitions, not through the code that lists them."""
    for programme in LIBRARY.programmes:
        stored = json.loads(programme.model_dump_json())
        for phase in stored["phases"]:
            for step in phase["steps"]:
                for key in {*step["duties"], step["clock"]} - {None}:
                    pairs = [(use.name, use.step.key if use.step else "") for use in LIBRARY.uses[key]]
                    assert (f"{programme.key}/{programme.version}", step["key"]) in pairs
    for read in catalogue.catalogue():
        for key in read.entry.law:
            texts = [told.text for told in about(Topic.USES, key, "da")]
            assert read.entry.title.da in texts


@pytest.mark.django_db
class TestPages:
    def test_all_of_it_without_log_in(self) -> None:
        page = unescape(Client().get(reverse("law:provisions")).content.decode())
        for key, one in LIBRARY.provisions.items():
            assert reverse("law:provision", args=[key]) in page
            assert one.rows[-1].words.da in page

    @pytest.mark.parametrize("key", list(LIBRARY.provisions))
    def test_each_has_its_page(self, key: str) -> None:
        page = unescape(Client().get(reverse("law:provision", args=[key])).content.decode())
        row = LIBRARY.provisions[key].rows[-1]
        assert row.words.da in page
        assert LIBRARY.sources[row.source].url in page
        if row.unverified:
            assert row.unverified.da in page
        for use in LIBRARY.uses.get(key, ()):
            assert f"/models/{use.name}/" in page

    def test_there_is_no_page_for_what_is_not_there(self) -> None:
        assert Client().get(reverse("law:provision", args=["nothing"])).status_code == 404

    def test_a_step_leads_to_its_ground(self) -> None:
        steps = [step.key for step in LIBRARY.programme("via-family", "2.0-draft").steps if step.clock]
        address = reverse("programmes:step", args=["via-family", "2.0-draft", steps[0]])
        page = unescape(Client().get(address).content.decode())
        assert "Retsgrundlag pr. 21. nov. 2026" in page
        assert 'href="/law/' in page

    def test_the_leaflets_say_what_was_not_checked(self) -> None:
        for key in ("leaflet-school", "leaflet-day-care"):
            page = unescape(Client().get(reverse("catalogue:entry", args=[key])).content.decode())
            assert "Ikke set efter i loven selv." in page
            assert "§ 49 a*" in page
