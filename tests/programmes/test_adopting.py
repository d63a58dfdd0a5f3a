"""An authority takes a version up, whole or in parts: what it may change, and what its courses pin."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses.models import Course
from samspil.collaboration.courses.queries import other_versions
from samspil.collaboration.courses.queries.due import due_rows
from samspil.collaboration.programmes import actions, loading, queries
from samspil.collaboration.programmes.language import variant as language
from samspil.collaboration.programmes.models import Adoption, ProgrammeVersion
from samspil.collaboration.programmes.rules.publishing import successor
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import acting, an_actor
from tests.factories.courses import a_course, a_version
from tests.factories.models import (
    TODAY,
    a_variant,
    adopted,
    an_administrator,
    an_adviser,
    colleague_of,
    left_out,
    own_step,
)
from tests.factories.owner import as_owner
from tests.programmes.test_versions import LIBRARY

pytestmark = pytest.mark.django_db
DISABILITY = "handicap-udbredelse"
ENTRANCE = ("en-familie-en-indgang", "2021-finansiering")


def version(key: str, number: str) -> UUID:
    a_version()
    found = queries.version_of(key, number)
    assert found is not None
    return found.pk


@pytest.fixture
def sammen() -> UUID:
    """A model that is taken up as a whole."""
    return version("sammen-om-familien", "2021")


@pytest.fixture
def bti() -> UUID:
    """A model of which parts may be taken."""
    return version("bti", "2012-adapted-2024")


class TestWhole:
    def test_taken_up_as_it_stands_it_runs_under_the_owners_version(self, sammen: UUID):
        poul = an_administrator()
        row = adopted(poul, sammen)
        assert row.runs_id == row.base_id == sammen
        assert (row.number, row.starts, row.authority_id) == (1, TODAY, poul.authority_id)

    @pytest.mark.parametrize("part", ["step", "core_element"])
    def test_what_the_owner_published_cannot_be_left_out(self, sammen: UUID, part: str):
        key = "follow-up" if part == "core_element" else "follow-up-talk"
        with pytest.raises(Refused, match=r"kan ikke fravælges.*Social- og Boligstyrelsen.*Behold det"):
            adopted(an_administrator(), sammen, variant=a_variant(sammen, leaves_out=(left_out(part, key),)))
        assert not Adoption.objects.exists()

    def test_a_lock_that_does_not_hold_would_be_seen(self, sammen: UUID, monkeypatch):
        """The broken twin: with the lock gone, the same variant goes through."""
        monkeypatch.setattr(language, "is_locked", lambda *_: False)
        row = adopted(
            an_administrator(),
            sammen,
            variant=a_variant(sammen, leaves_out=(left_out("step", "follow-up-talk"),)),
        )
        assert row.runs_id != sammen

    def test_the_law_stays_and_says_so(self, sammen: UUID):
        with pytest.raises(Refused, match="Fristen følger af loven"):
            adopted(
                an_administrator(),
                sammen,
                variant=a_variant(sammen, leaves_out=(left_out("step", "first-follow-up"),)),
            )

    def test_leaving_out_takes_a_reason(self, sammen: UUID):
        with pytest.raises(Refused, match="Skriv, hvorfor"):
            adopted(
                an_administrator(),
                sammen,
                variant=a_variant(sammen, leaves_out=(left_out("step", "quarterly-sparring", ""),)),
            )


class TestParts:
    def test_a_core_element_may_be_left_out_and_is_not_judged(self, bti: UUID):
        programme = queries.definition(bti)
        free = next(
            one.key
            for one in programme.core_elements
            if language.lock_of(programme, "core_element", one.key) is None
        )
        row = adopted(
            an_administrator(), bti, variant=a_variant(bti, leaves_out=(left_out("core_element", free),))
        )
        local = queries.local_version(row.runs_id)
        assert local is not None
        assert local.missing_core == (free,)
        assert free not in {one.core_element for one in local.programme.fidelity}
        assert {one.core_element for one in local.written.fidelity} - {free} == {
            one.core_element for one in local.programme.fidelity
        }

    def test_own_steps_are_marked_and_named_once(self, bti: UUID):
        row = adopted(an_administrator(), bti, variant=a_variant(bti, adds=(own_step(bti),)))
        local = queries.local_version(row.runs_id)
        assert local is not None
        [mine] = [step for step in local.programme.steps if step.is_own]
        assert mine.mark.label.da == "Jeres egen tilpasning"
        assert [one.text.da for one in local.differences] == ["Tilføjet: Besøg på skolen"]
        with pytest.raises(Refused, match="To trin hedder"):
            adopted(an_administrator(), bti, variant=a_variant(bti, adds=(own_step(bti), own_step(bti))))


class TestToolsAndMeasures:
    """What a step is done by, and what a model is judged by, stays; the rest may go with a reason."""

    def test_left_out_they_are_gone_and_the_step_stands_without_its_tool(self):
        base = version(*ENTRANCE)
        gone = (left_out("tool", "contact-rhythm"), left_out("measure", "measure-parental-stress-parent"))
        row = adopted(an_administrator(), base, variant=a_variant(base, leaves_out=gone))
        programme = queries.definition(row.runs_id)
        assert "contact-rhythm" not in {one.key for one in programme.tools}
        assert "measure-parental-stress-parent" not in {one.key for one in programme.measures}
        assert next(one for one in programme.steps if one.key == "coordinator-contact").tool is None

    @pytest.mark.parametrize(
        ("tool", "why"),
        [
            ("assessment-sheet", "hører til et kerneelement"),
            ("joint-plan", "hører til et kerneelement"),
            ("transition-checklist", "følger af loven"),
        ],
    )
    def test_a_locked_tool_says_why(self, tool: str, why: str):
        base = version(*ENTRANCE)
        with pytest.raises(Refused, match=why):
            adopted(an_administrator(), base, variant=a_variant(base, leaves_out=(left_out("tool", tool),)))

    def test_a_step_may_go_but_not_what_it_is_done_by(self, bti: UUID):
        tool = language.lock_of(
            queries.definition(version("via-family", "2.0-draft")), "tool", "effort-overview"
        )
        assert tool is language.Lock.NEEDED
        via = version("via-family", "2.0-draft")
        with pytest.raises(Refused, match="Fravælg trinnet i stedet"):
            adopted(
                an_administrator(),
                via,
                variant=a_variant(via, leaves_out=(left_out("tool", "effort-overview"),)),
            )

    def test_every_part_that_is_not_locked_can_go_in_every_model(self):
        """What the form offers is never refused afterwards: each part by itself still is a definition."""
        library = loading.library()
        for programme in library.programmes:
            parts = [("tool", one.key) for one in programme.tools]
            parts += [("measure", one.key) for one in programme.measures]
            for part, key in parts:
                if language.lock_of(programme, part, key) is None:
                    out = left_out(part, key)
                    changed = language.Variant(
                        programme=programme.key,
                        version=programme.version,
                        authority="",
                        leaves_out=(out,),
                    )
                    assert not loading.disorder(language.effective(programme, changed), library), (part, key)


class TestAnotherVersion:
    def test_what_has_room_comes_along_and_the_rest_is_told(self):
        before = queries.definition(version(*ENTRANCE))
        after = queries.definition(version("en-familie-en-indgang", "2022-beslutningskompetence"))
        pk = version(*ENTRANCE)
        variant = a_variant(
            pk,
            choices={"core-team-rhythm": "six", "financing-form": "pool"},
            leaves_out=(left_out("tool", "network-map"), left_out("tool", "financing-key")),
            adds=(own_step(pk),),
        )
        along = language.carried(variant, after)
        assert along.choices == {"core-team-rhythm": "six"}
        assert [out.key for out in along.leaves_out] == ["network-map"]
        assert [one.step.key for one in along.adds] == ["own-skolebesoeg"]
        behind = {one.key for one in language.left_behind(before, variant, along)}
        assert behind == {"financing-form", "financing-key"}
        assert language.effective(after, along)

    def test_the_newest_published_one_follows_else_the_next_draft(self):
        one, two, three = (
            LIBRARY.programme("styrket-familiebehandling", "2023").model_copy(
                update={"version": str(number), "supersedes": str(number - 1)}
            )
            for number in (1, 2, 3)
        )
        known = [one, two, three]
        assert successor(three, known, set()) is None
        assert successor(one, known, set()) is two
        assert successor(one, known, {(three.key, "3")}) is three


class TestTwoWriters:
    def test_who_wrote_meanwhile_is_not_overwritten(self, bti: UUID):
        poul = an_administrator()
        first = adopted(poul, bti, seen="")
        seen = version_of(first)
        adopted(poul, bti, variant=a_variant(bti, adds=(own_step(bti),)), seen=seen)
        with pytest.raises(Conflict, match="En anden har ændret"):
            adopted(poul, bti, reason="Noget andet", seen=seen)
        assert Adoption.objects.count() == 2
        with pytest.raises(Conflict):
            adopted(poul, bti, seen="")


class TestRows:
    def test_a_change_is_a_new_row_and_the_same_content_again_is_the_same_version(self, bti: UUID):
        poul = an_administrator()
        changed = a_variant(bti, adds=(own_step(bti),))
        first = adopted(poul, bti, variant=changed)
        second = adopted(poul, bti)
        third = adopted(poul, bti, variant=changed)
        assert [row.number for row in (first, second, third)] == [1, 2, 3]
        assert second.runs_id == bti
        assert third.runs_id == first.runs_id
        stored = ProgrammeVersion.objects.get(pk=first.runs_id)
        assert (
            stored.content_hash == first.content_hash == queries.stored(first.runs_id).programme.content_hash
        )
        assert (stored.base_id, stored.authority_id) == (bti, poul.authority_id)

    def test_another_authority_has_a_row_of_its_own(self, bti: UUID):
        changed = a_variant(bti, adds=(own_step(bti),))
        rows = [adopted(an_administrator(), bti, variant=changed) for _ in range(2)]
        assert rows[0].content_hash == rows[1].content_hash
        assert rows[0].runs_id != rows[1].runs_id

    def test_days_go_forward(self, bti: UUID):
        poul = an_administrator()
        with pytest.raises(Refused, match="i dag eller en senere dag"):
            adopted(poul, bti, starts=TODAY - timedelta(days=1))
        adopted(poul, bti, starts=TODAY + timedelta(days=30))
        with pytest.raises(Refused, match="senere udgave fra"):
            adopted(poul, bti, starts=TODAY + timedelta(days=10))

    def test_nobody_changes_a_row(self, bti: UUID):
        row = adopted(an_administrator(), bti)
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), as_owner():
            Adoption.objects.filter(pk=row.pk).update(reason="noget andet")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Adoption.objects.filter(pk=row.pk).update(reason="noget andet")

    def test_the_wall_lets_nobody_else_write(self, bti: UUID):
        stranger = an_actor(RoleKey.CASEWORKER)
        with (
            pytest.raises(DatabaseError, match="only who adopts models"),
            acting(stranger),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT wall.adopt_model(%s, 'x', '{}', '{}', '', '', %s, false)", [bti, TODAY])

    @pytest.mark.parametrize("role", [RoleKey.CASEWORKER, RoleKey.PRIVACY_OFFICER])
    def test_other_roles_are_turned_away(self, bti: UUID, role: RoleKey):
        with pytest.raises(NotAllowed):
            adopted(an_actor(role), bti)

    def test_the_owner_of_the_model_adopts_for_nobody(self, bti: UUID):
        with pytest.raises(NotAllowed):
            adopted(an_adviser(), bti)

    def test_a_variant_is_no_version_to_adopt(self, bti: UUID):
        row = adopted(an_administrator(), bti, variant=a_variant(bti, adds=(own_step(bti),)))
        with pytest.raises(Refused, match="modellens ejer har skrevet"):
            adopted(an_administrator(), row.runs_id, variant=a_variant(bti))


class TestInitiative:
    def test_the_roll_out_asks_for_a_reason(self, sammen: UUID):
        with pytest.raises(Refused, match="Skriv, hvorfor I vælger"):
            adopted(an_administrator(), sammen, initiative=DISABILITY)
        row = adopted(an_administrator(), sammen, initiative=DISABILITY, reason="Få sager pr. rådgiver.")
        assert (row.initiative, row.reason) == (DISABILITY, "Få sager pr. rådgiver.")

    def test_exactly_one_of_two(self, sammen: UUID):
        poul, other = an_administrator(), version("en-familie-en-indgang", "2022-beslutningskompetence")
        adopted(poul, sammen, initiative=DISABILITY, reason="Få sager.")
        with pytest.raises(Refused, match="præcis én model, og I har valgt »Sammen om familien«"):
            adopted(poul, other, initiative=DISABILITY, reason="Begge dele.")
        adopted(poul, other)  # outside the initiative it is nobody's business
        with acting(poul):
            key = "sammen-om-familien"
            actions.stop_using(actor=poul, key=key, reason="Skifter.", starts=TODAY, today=TODAY)
        adopted(poul, other, initiative=DISABILITY, reason="Én indgang passer os.")

    def test_only_what_it_offers(self, bti: UUID):
        with pytest.raises(Refused, match="tilbyder ikke denne version"):
            adopted(an_administrator(), bti, initiative=DISABILITY, reason="Fordi.")
        with pytest.raises(Refused, match="Initiativet findes ikke"):
            adopted(an_administrator(), bti, initiative="nothing")


class TestCourses:
    def test_a_course_runs_under_what_its_authority_has_made_of_the_model(self):
        via = a_version()
        before = a_course()
        poul = colleague_of(before.anna, RoleKey.LEADER)
        row = adopted(poul, via, variant=a_variant(via, adds=(own_step(via),)))
        after = a_course(before.anna, opened_on=TODAY)
        assert before.course.version_id == via  # it goes on as it was
        assert after.course.version_id == row.runs_id
        with acting(after.anna):
            steps = {one.step for one in due_rows(after.anna, after.course, TODAY)}
        assert "own-skolebesoeg" in steps
        with acting(before.anna):
            assert "own-skolebesoeg" not in {one.step for one in due_rows(before.anna, before.course, TODAY)}
        assert a_course().course.version_id == via  # another authority's

    def test_a_running_course_may_change_to_it_but_not_to_another_organisations(self):
        via, before = a_version(), a_course()
        changed = a_variant(via, adds=(own_step(via),))
        mine = adopted(colleague_of(before.anna, RoleKey.LEADER), via, variant=changed)
        theirs = adopted(an_administrator(), via, variant=changed)
        with acting(before.anna) as anna:
            assert [one.pk for one in other_versions(anna, before.course, TODAY)] == [mine.runs_id]
            given = {"actor": anna, "space": before.space, "reason": "Vi er begyndt.", "today": TODAY}
            with pytest.raises(Refused, match="en anden organisation"):
                courses.upgrade_course(version=theirs.runs_id, **given)
            courses.upgrade_course(version=mine.runs_id, **given)
            assert Course.objects.get(pk=before.course.pk).version_id == mine.runs_id

    def test_not_before_its_first_day_and_not_after_its_last(self):
        via = a_version()
        anna = a_course().anna
        poul = colleague_of(anna, RoleKey.LEADER)
        changed = a_variant(via, adds=(own_step(via),))
        row = adopted(poul, via, variant=changed, starts=TODAY + timedelta(days=7))
        assert queries.version_to_run(anna.authority_id, via, TODAY) == via
        assert queries.version_to_run(anna.authority_id, via, TODAY + timedelta(days=7)) == row.runs_id
        with acting(poul):
            actions.stop_using(
                actor=poul, key="via-family", reason="Slut.", starts=TODAY + timedelta(days=9), today=TODAY
            )
        assert queries.version_to_run(anna.authority_id, via, TODAY + timedelta(days=8)) == row.runs_id
        assert queries.version_to_run(anna.authority_id, via, TODAY + timedelta(days=9)) == via

    def test_stopping_takes_a_reason_and_something_to_stop(self, bti: UUID):
        poul = an_administrator()
        with acting(poul), pytest.raises(Refused, match="I bruger ikke"):
            actions.stop_using(actor=poul, key="bti", reason="Slut.", starts=TODAY, today=TODAY)
        adopted(poul, bti)
        with acting(poul), pytest.raises(Refused, match="Skriv, hvorfor"):
            actions.stop_using(actor=poul, key="bti", reason=" ", starts=TODAY, today=TODAY)

    def test_only_the_owners_versions_are_offered(self, bti: UUID):
        adopted(an_administrator(), bti, variant=a_variant(bti, adds=(own_step(bti),)))
        assert len([one for one in queries.versions() if one.programme.key == "bti"]) == 1
