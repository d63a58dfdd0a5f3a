"""A course begins in one's own unit: who may, under which model, what is noted, and what its pages say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.actions import Beginning, Chosen
from samspil.collaboration.courses.models import Course, CoursePerson, Fact, Handover
from samspil.collaboration.courses.rules import beginning as rules
from samspil.collaboration.families.models import TieKind
from samspil.collaboration.programmes import actions as programmes
from samspil.collaboration.programmes import queries as versions
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit
from tests.courses.test_team_pages import browser, words
from tests.factories.access import a_stranger, a_team_member, acting, an_actor
from tests.factories.courses import TODAY, a_version
from tests.factories.families import a_person, a_tie
from tests.factories.models import a_variant, adopted, colleague_of, left_out
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
ADULT = date(1985, 3, 1)
IN_TARGET = {"other-concern": "yes", "everyday-adult": "yes"}


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@dataclass(frozen=True)
class ASchool:
    """A school whose leader has written a child and its mother down, and a teacher with a worry."""

    leader: Actor
    lone: Actor
    saga: UUID
    mother: UUID
    version: UUID

    @property
    def beginning(self) -> Beginning:
        people = (Chosen(self.saga, "child", is_in_focus=True), Chosen(self.mother, "custody_holder"))
        assert self.lone.membership_id is not None
        return Beginning(people, "observer", self.lone.membership_id, IN_TARGET)

    def begin(self, by: Actor | None = None, **more: object) -> Course:
        actor, version = by or self.lone, more.pop("version", self.version)
        with acting(actor):
            return actions.begin_course(
                actor=actor,
                subject=self.saga,
                version=version,  # type: ignore[arg-type]
                beginning=replace(self.beginning, coordinator=actor.membership_id, **more),  # type: ignore[arg-type]
                today=TODAY,
            )

    def colleague(self, role: RoleKey = RoleKey.SCHOOL_CONTACT) -> Actor:
        return beside(self.leader, role)


def beside(actor: Actor, role: RoleKey) -> Actor:
    """Somebody else of the same unit."""
    with as_owner():
        unit = Unit.objects.select_related("authority").get(pk=actor.unit_id)
    return an_actor(role, unit=unit)


@pytest.fixture
def school() -> ASchool:
    leader = an_actor(RoleKey.LEADER)
    saga, mother = (
        a_person(leader, "Saga Krogh"),
        a_person(leader, "Mette Krogh", born=ADULT),
    )
    a_tie(leader, mother, TieKind.CUSTODY, saga)
    run = adopted(leader, a_version("bti")).runs_id
    lone = beside(leader, RoleKey.SCHOOL_CONTACT)
    return ASchool(leader, lone, saga.subject_id, mother.subject_id, run)


def facts(space: UUID) -> dict[str, dict[str, object]]:
    with as_owner():
        return {one.kind: one.attributes for one in Fact.objects.filter(space=space)}


class TestBegin:
    def test_a_teacher_opens_a_course_about_a_worry_seen_at_school(self, school: ASchool) -> None:
        course = school.begin()
        assert course.version_id == school.version
        noted = facts(course.space_id)
        assert noted["course.opened"] == {"started_by": "municipality"}
        assert noted["eligibility.checked"] == {"result": "yes"}
        assert noted["contact_person.accepted"]["role"] == "observer"
        with as_owner():
            people = {one.name: (one.roles, one.is_in_focus) for one in CoursePerson.objects.all()}
        assert people == {"Saga Krogh": (["child"], True), "Mette Krogh": (["custody_holder"], False)}
        with acting(school.lone) as lone:
            head = queries.course_head(lone, course.space_id, TODAY)
        assert head is not None
        assert head.baton == school.lone.membership_id

    def test_whoever_holds_the_baton_notes_the_worry_and_the_answer_to_it(self, school: ASchool) -> None:
        space = school.begin().space_id
        with acting(school.lone) as lone:
            for kind, attributes in (
                ("concern.raised", {"person": str(school.saga), "strength": 2}),
                ("decision.made", {"kind": "wonder-answered"}),
            ):
                actions.note_fact(
                    actor=lone, space=space, kind=kind, on=TODAY, today=TODAY, attributes=attributes
                )
        with as_owner():
            topics = {
                one.kind: Category(one.item.category)
                for one in Fact.objects.select_related("item").filter(space=space)
            }
        assert topics["concern.raised"] is Category.SCHOOL
        assert topics["decision.made"] is Category.EVERYDAY

    def test_nobody_outside_the_unit_sees_it(self, school: ASchool) -> None:
        space = school.begin().space_id
        for other in (colleague_of(school.leader, RoleKey.CASEWORKER), school.colleague(), a_stranger()):
            with acting(other) as actor:
                assert queries.course_head(actor, space, TODAY) is None

    def test_it_runs_under_what_the_organisation_has_taken_up(self, school: ASchool) -> None:
        base = a_version("bti")
        again = adopted(
            school.leader, base, variant=a_variant(base, leaves_out=(left_out("step", "handover"),))
        )
        assert again.runs_id != school.version
        with pytest.raises(Refused, match="ikke taget"):
            school.begin()
        assert school.begin(version=again.runs_id).version_id == again.runs_id

    def test_the_track_and_the_reason_are_kept(self) -> None:
        """A municipal caseworker begins a model that has tracks."""
        signe = an_actor(RoleKey.LEADER)
        child, parent = a_person(signe, "Bo Lund"), a_person(signe, "Ida Lund", born=ADULT)
        run = adopted(signe, a_version("via-family")).runs_id
        people = (
            Chosen(child.subject_id, "child", is_in_focus=True),
            Chosen(parent.subject_id, "parent_ill"),
        )
        assert signe.membership_id is not None
        how = Beginning(people, "municipal_coordinator", signe.membership_id, despite="Vi kender dem.")
        with acting(signe):

            def begin(**more: str) -> Course:
                return actions.begin_course(
                    actor=signe, subject=child.subject_id, version=run, today=TODAY,
                    beginning=replace(how, **more),  # type: ignore[arg-type]
                )  # fmt: skip

            with pytest.raises(Refused, match="valgte det spor"):
                begin(track="samarbejde")
            with pytest.raises(Refused, match="intet sådant spor"):
                begin(track="omvej", why_track="Fordi.")
            course = begin(track="samarbejde", why_track="Familien ønsker det.")
        noted = facts(course.space_id)
        assert noted["track.chosen"]["track"] == "samarbejde"
        assert noted["coordinator.accepted"]["role"] == "municipal_coordinator"
        assert "reason" in noted["eligibility.checked"]

    def test_a_colleague_is_asked_and_the_baton_stays_until_the_yes(self, school: ASchool) -> None:
        other = school.colleague()
        assert other.membership_id is not None
        with acting(school.lone) as lone:
            course = actions.begin_course(
                actor=lone, subject=school.saga, version=school.version, today=TODAY,
                beginning=replace(school.beginning, coordinator=other.membership_id),
            )  # fmt: skip
            standing = queries.standing(lone, course.space_id, TODAY)
        assert (standing.baton, standing.offered) == (lone.membership_id, other.membership_id)
        with acting(other) as actor:
            part = next(
                one for one in queries.standing(actor, course.space_id, TODAY).parts
                if one.membership_id == other.membership_id
            )  # fmt: skip
            actions.accept_role(actor=actor, participant=part, today=TODAY)
            assert queries.standing(actor, course.space_id, TODAY).baton == other.membership_id

    def test_where_both_would_have_the_same_role_a_handover_is_asked_for(self) -> None:
        signe = an_actor(RoleKey.LEADER)
        child, parent = a_person(signe, "Bo Lund"), a_person(signe, "Ida Lund", born=ADULT)
        run = adopted(signe, a_version("sammen-om-familien")).runs_id
        tina = beside(signe, RoleKey.CASEWORKER)
        people = (Chosen(child.subject_id, "child", is_in_focus=True), Chosen(parent.subject_id, "parent"))
        assert tina.membership_id is not None
        with acting(signe):
            course = actions.begin_course(
                actor=signe, subject=child.subject_id, version=run, today=TODAY,
                beginning=Beginning(people, "adviser", tina.membership_id, despite="Vi kender dem."),
            )  # fmt: skip
        with as_owner():
            asked = Handover.objects.get(space=course.space_id)
        assert (asked.receiver_id, asked.from_role, asked.to_role) == (
            tina.membership_id,
            "adviser",
            "adviser",
        )


class TestRefusals:
    def test_who_keeps_no_record_of_the_person_begins_nothing(self, school: ASchool) -> None:
        for other in (colleague_of(school.leader, RoleKey.CASEWORKER), a_stranger()):
            with pytest.raises(NotAllowed):
                school.begin(other)
        for role in (RoleKey.PROVIDER_WORKER, RoleKey.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                school.begin(school.colleague(role))

    def test_a_model_nobody_has_taken_up_or_that_is_no_longer_used(self, school: ASchool) -> None:
        with pytest.raises(Refused, match="ikke taget"):
            school.begin(version=a_version("unge-overgang"))
        with acting(school.leader) as leader:
            programmes.stop_using(actor=leader, key="bti", reason="Nok.", starts=TODAY, today=TODAY)
            assert versions.in_use(leader.authority_id, TODAY) == []
        with pytest.raises(Refused, match="ikke taget"):
            school.begin()

    def test_once_for_a_family_that_one_knows_has_it(self, school: ASchool) -> None:
        school.begin()
        with pytest.raises(Refused, match="allerede"):
            school.begin()

    def test_an_unclear_target_group_needs_a_reason(self, school: ASchool) -> None:
        with pytest.raises(Refused, match="Målgruppen"):
            school.begin(answers={})
        noted = facts(school.begin(answers={}, despite="Hun bliver ved med at være ked af det.").space_id)
        assert noted["eligibility.checked"]["result"] == "unknown"

    def test_people_roles_and_colleagues_that_cannot_be(self, school: ASchool) -> None:
        other = a_person(a_stranger(), "Fremmed Barn").subject_id
        child = Chosen(school.saga, "child", is_in_focus=True)
        for more in (
            {"people": (Chosen(other, "child", is_in_focus=True),)},
            {"people": (child, Chosen(other, "custody_holder"))},
            {"people": (Chosen(school.mother, "custody_holder", is_in_focus=True),)},
            {"people": (Chosen(school.saga, "observer", is_in_focus=True),)},
            {"role": "relay"},
            {"role": "service"},
        ):
            with pytest.raises(Refused):
                school.begin(**more)
        with acting(school.lone) as lone, pytest.raises(Refused, match="kollega"):
            actions.begin_course(
                actor=lone, subject=school.saga, version=school.version, today=TODAY,
                beginning=replace(school.beginning, coordinator=uuid4()),
            )  # fmt: skip
        with as_owner():
            assert list(Course.objects.all()) == []

    def test_nothing_is_left_when_it_fails_on_the_way(
        self, school: ASchool, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**_words: object) -> None:
            raise Refused("no")

        monkeypatch.setattr("samspil.collaboration.courses.actions.beginning.accept_role", fail)
        with pytest.raises(Refused):
            school.begin()
        with as_owner():
            assert list(Course.objects.all()) == []


class TestTopics:
    """Whoever reads a fact's own topic notes it there: a teacher sees no more of others' notes."""

    def test_what_a_caseworker_decides_stays_hidden_from_the_teacher(self, school: ASchool) -> None:
        space = school.begin().space_id
        signe = a_team_member(space, RoleKey.CASEWORKER)
        with acting(signe):
            made = actions.note_fact(
                actor=signe, space=space, kind="decision.made", on=TODAY, today=TODAY,
                attributes={"kind": "own-record"},
            )  # fmt: skip
        with acting(school.lone):
            assert not sight.visible(Fact.objects.filter(pk=made.pk))

    def test_a_correction_stands_where_the_first_stood(self, school: ASchool) -> None:
        space = school.begin().space_id
        with acting(school.lone) as lone:
            made = actions.note_fact(
                actor=lone, space=space, kind="decision.made", on=TODAY, today=TODAY,
                attributes={"kind": "closing"},
            )  # fmt: skip
        leader = a_team_member(space, RoleKey.LEADER)
        with acting(leader):
            [row] = sight.visible(Fact.objects.filter(pk=made.pk))
            better = actions.correct_fact(
                actor=leader, fact=row, reason="Forkert slags", today=TODAY,
                attributes={"kind": "own-record"},
            )  # fmt: skip
        with acting(school.lone):
            [seen] = sight.visible(Fact.objects.filter(pk=better.pk).select_related("item"))
            assert seen.item.category == int(Category.EVERYDAY)

    def test_other_social_facts_are_still_not_the_teachers(self, school: ASchool) -> None:
        space = school.begin().space_id
        with acting(school.lone) as lone, pytest.raises(NotAllowed):
            actions.note_fact(
                actor=lone, space=space, kind="child_plan.ready", on=TODAY, today=TODAY,
                attributes={"person": str(school.saga)},
            )  # fmt: skip

    def test_the_pages_name_steps_whose_state_does_not_show_and_lead_to_the_form(
        self, school: ASchool
    ) -> None:
        space = school.begin().space_id
        lone = browser(school.lone)
        for name in ("workplace:course", "workplace:steps"):
            shown = lone.get(reverse(name, args=[space]))
            assert "Også din opgave" in words(shown)
            assert "step=note-wonder&amp;kind=concern.raised" in shown.content.decode()
            assert "step=report-concern" not in shown.content.decode()
        form = reverse("courses:note_fact", args=[space]) + "?step=note-wonder&kind=concern.raised"
        assert lone.get(form).status_code == 200
        signe = a_team_member(space, RoleKey.CASEWORKER)
        assert "Også din opgave" not in words(browser(signe).get(reverse("workplace:course", args=[space])))

    def test_a_step_is_left_out_with_words_that_its_writer_reads(self, school: ASchool) -> None:
        space = school.begin().space_id
        with acting(school.lone) as lone:
            fact = actions.excuse_step(
                actor=lone, space=space, step="own-record", reason="Loggen er nok.", on=TODAY, today=TODAY
            )
            assert fact.remark is not None


class TestRules:
    def test_a_model_begins_where_it_says_and_where_somebody_coordinates(self) -> None:
        by_key = {(key, version): versions.definition(a_version(key, version)) for key, version in (
            ("bti", ""), ("via-family", ""), ("en-familie-en-indgang", "2021-finansiering"),
        )}  # fmt: skip

        def roles(key: str, sector: str) -> list[str]:
            found = next(one for (name, _version), one in by_key.items() if name == key)
            return [role.key for role in rules.opening_roles(found, sector)]

        assert roles("bti", "municipality") == ["observer", "relay_holder"]
        assert roles("bti", "region") == roles("bti", "other") == []
        assert roles("via-family", "region")[0] == "region_case_manager"
        assert roles("en-familie-en-indgang", "municipality")[0] == "family_coordinator"
        assert roles("en-familie-en-indgang", "region") == []


class TestPages:
    def address(self, school: ASchool, version: UUID | None = None) -> str:
        more = [version] if version else []
        return reverse("courses:begin_course" if version else "courses:begin", args=[school.saga, *more])

    def sent(self, school: ASchool, **more: str) -> dict[str, str]:
        asked = {f"a_{key}": "unknown" for key in ("mental-illness", "substance-use", "suspected-violence",
                 "needs-special-support")}  # fmt: skip
        return {
            **asked,
            **{f"a_{key}": answer for key, answer in IN_TARGET.items()},
            f"included_{school.saga}": "on", f"focus_{school.saga}": "on", f"role_{school.saga}": "child",
            f"included_{school.mother}": "on", f"role_{school.mother}": "custody_holder",
            "role": "observer", "coordinator": str(school.lone.membership_id), **more,
        }  # fmt: skip

    def test_from_the_childs_page_to_the_course(self, school: ASchool) -> None:
        client = browser(school.lone)
        person = client.get(reverse("families:person", args=[school.saga]))
        assert self.address(school) in person.content.decode()
        listed = client.get(self.address(school))
        assert self.address(school, school.version) in listed.content.decode()
        shown = words(client.get(self.address(school, school.version)))
        for said in ("Saga Krogh", "Mette", "Ikke spurgt endnu", "Hvem koordinerer?", "Begynd forløbet"):
            assert said in shown
        answer = client.post(self.address(school, school.version), self.sent(school))
        with as_owner():
            course = Course.objects.get()
        assert answer.headers["Location"] == reverse("workplace:course", args=[course.space_id])
        assert client.get(answer.headers["Location"]).status_code == 200

    def test_looking_opens_nothing(self, school: ASchool) -> None:
        client = browser(school.lone)
        shown = words(client.post(self.address(school, school.version), self.sent(school, _look="1")))
        assert "Familien er i målgruppen" in shown
        with as_owner():
            assert list(Course.objects.all()) == []

    def test_a_refusal_stands_on_the_form(self, school: ASchool) -> None:
        sent = self.sent(school, **{"a_other-concern": "unknown"})
        shown = words(browser(school.lone).post(self.address(school, school.version), sent))
        assert "Målgruppen er ikke klar" in shown

    def test_the_list_says_why_not(self, school: ASchool) -> None:
        school.begin()
        assert "Der er allerede sådan et forløb" in words(browser(school.lone).get(self.address(school)))

    def test_strangers_find_no_page(self, school: ASchool) -> None:
        for other in (a_stranger(), colleague_of(school.leader, RoleKey.CASEWORKER)):
            for address in (self.address(school), self.address(school, school.version)):
                assert browser(other).get(address).status_code == 404
        assert browser(school.colleague(RoleKey.PROVIDER_WORKER)).get(self.address(school)).status_code == 403

    def test_a_model_that_is_not_in_use_has_no_page(self, school: ASchool) -> None:
        base = a_version("unge-overgang")
        assert browser(school.lone).get(self.address(school, base)).status_code == 404
