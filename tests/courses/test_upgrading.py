"""A running course changes version: nothing done or missed is lost, nothing new is held against the past."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from samspil.collaboration.courses import actions, due, queries, rules
from samspil.collaboration.courses.models import Course, Upgrade
from samspil.collaboration.courses.rules import Newcomer, Stage, Standing
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.engine import State
from samspil.foundation.access import cookies, wall
from samspil.foundation.access.wall import unguarded
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import a_subject, a_team_member, acting, an_actor
from tests.factories.courses import TODAY, a_course, a_version
from tests.factories.models import adopted, colleague_of
from tests.factories.owner import as_owner

OPENED = TODAY - timedelta(days=120)
OLD, NEW = UUID(int=1), UUID(int=2)
DAY = date(2026, 5, 1)


def row(step: str, *, outcome: str = "", closes: str | None = None, n: int = 1) -> dict[str, object]:
    detail = '{"due": null, "closes": null}'
    return {
        "step": step, "n": n, "person": None, "outcome": outcome, "due_on": closes, "closes_on": closes,
        "detail": detail,
    }  # fmt: skip


def merged(old: list[dict[str, object]], new: list[dict[str, object]]) -> dict[str, str]:
    found = rules.merged(
        [
            (Stage(OLD, None, DAY), frozenset(), old),
            (Stage(NEW, DAY, None), frozenset(str(one["step"]) for one in old), new),
        ]
    )
    return {str(one["step"]): str(one["outcome"]) for one in found}


class TestRules:
    def test_what_is_done_or_missed_in_a_step_that_is_gone_stays(self) -> None:
        old = [row("a", outcome="done"), row("b", closes="2026-04-30"), row("c", outcome="excused")]
        assert merged(old, []) == {"a@0": "done", "b@0": "missed", "c@0": "excused"}

    def test_what_was_open_in_a_step_that_is_gone_goes(self) -> None:
        assert merged([row("a", closes="2026-05-01"), row("b")], []) == {}

    def test_a_step_of_both_stands_once(self) -> None:
        assert merged([row("a", outcome="done")], [row("a", outcome="done")]) == {"a": "done"}
        assert merged([row("a", closes="2026-04-30")], [row("a", closes="2026-04-30")]) == {"a": ""}

    def test_a_miss_is_not_erased_by_a_later_date(self) -> None:
        old, new = [row("a", closes="2026-04-30")], [row("a", closes="2026-06-30")]
        assert merged(old, new) == {"a": "", "a@0": "missed"}

    def test_a_new_step_is_not_held_against_the_time_before_it(self) -> None:
        new = [
            row("a"),
            row("x", closes="2026-04-30"),
            row("y", closes="2026-05-01"),
            row("z", outcome="done"),
        ]
        assert merged([row("a")], new) == {"a": "", "y": "", "z": "done"}

    def test_what_is_left_names_its_version(self) -> None:
        [left] = rules.merged(
            [
                (Stage(OLD, None, DAY), frozenset(), [row("a", outcome="done")]),
                (Stage(NEW, DAY, None), {"a"}, []),
            ]
        )
        assert f'"under": "{OLD}"' in left["detail"]

    def test_the_versions_of_a_course_in_order(self) -> None:
        assert rules.stages(NEW, [(OLD, DAY)]) == [Stage(OLD, None, DAY), Stage(NEW, DAY, None)]

    def test_what_appears_moves_and_vanishes(self) -> None:
        later = DAY + timedelta(days=7)
        before = [
            Standing("same", 1, None, DAY, False), Standing("moved", 1, None, DAY, False),
            Standing("gone", 1, None, DAY, False), Standing("done", 1, None, DAY, True),
        ]  # fmt: skip
        after = [
            Standing("same", 1, None, DAY, False), Standing("moved", 1, None, later, False),
            Standing("new", 1, None, later, False),
        ]  # fmt: skip
        assert {(one.step, one.kind, one.before, one.after) for one in rules.changes(before, after)} == {
            ("new", "appears", None, later),
            ("moved", "moves", DAY, later),
            ("gone", "vanishes", DAY, None),
            ("done", "stays behind", DAY, None),
        }


def version_of(version: str) -> UUID:
    a_version()
    return next(
        one.pk
        for one in programmes.versions()
        if (one.programme.key, one.programme.version) == ("styrket-familiebehandling", version)
    )


@pytest.fixture
def anna() -> Actor:
    return an_actor(RoleKey.CASEWORKER)


@pytest.fixture
def course(anna: Actor) -> Course:
    """Strengthened family treatment of 2020, opened four months ago."""
    version, child, parent = version_of("2020"), a_subject(anna), a_subject(anna)
    people = [
        Newcomer(child, date(TODAY.year - 9, 5, 1), ("child",), in_focus=True),
        Newcomer(parent, date(1985, 3, 1), ("parent",)),
    ]
    with acting(anna):
        return actions.open_course(
            actor=anna, version=version, people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: "adviser"},
        )  # fmt: skip


def upgraded(anna: Actor, course: Course, **more: object) -> Upgrade:
    values = {"version": version_of("2023"), "reason": "Kommunen bruger 2023 nu", "today": TODAY, **more}
    with acting(anna):
        return actions.upgrade_course(actor=anna, space=course.space_id, **values)


def rows_of(anna: Actor, course: Course) -> dict[tuple[str, int], State]:
    with acting(anna):
        fresh = Course.objects.get(pk=course.pk)
        return {(one.step, one.n): one.state for one in queries.due_rows(anna, fresh, TODAY)}


def same_as_anew(course: Course) -> bool:
    with as_owner(), unguarded():
        return list(due.differences(using="default")) == []


@pytest.mark.django_db
class TestUpgrading:
    def test_the_course_goes_on_under_the_new_version_and_the_old_misses_stay(self, anna, course) -> None:
        before = rows_of(anna, course)
        gone = {"common-method", "hours-agreed", "relation-talk", "team-conference"}
        missed = {
            key for key, state in before.items() if key[0] in gone and state in {State.LATE, State.MISSED}
        }
        assert missed, "four months without an act"

        upgraded(anna, course)

        with acting(anna):
            fresh = Course.objects.get(pk=course.pk)
            left = {(one.step, one.n): one.state for one in queries.left_rows(anna, fresh)}
        after = rows_of(anna, course)
        assert fresh.version_id == version_of("2023")
        assert {left.get(key) for key in missed} == {State.MISSED}
        assert not {step for step, _n in after} & gone
        assert any(step == "feedback-review" for step, _n in after)
        new = {step for step, _n in after} - {step for step, _n in before}
        assert {state for (step, _n), state in after.items() if step in new}.isdisjoint(
            {State.MISSED, State.LATE}
        ), "what came with the version is not held against the time before it"
        assert same_as_anew(course)

    def test_what_is_noted_afterwards_is_reckoned_to_the_same(self, anna, course) -> None:
        upgraded(anna, course)
        with acting(anna):
            for kind in ("need.stated", "contact.made", "plan.agreed"):
                actions.note_fact(actor=anna, space=course.space_id, kind=kind, on=TODAY, today=TODAY)
        assert same_as_anew(course)

    def test_the_preview_says_what_would_change_and_changes_nothing(self, anna, course) -> None:
        before = rows_of(anna, course)
        with acting(anna):
            fresh = Course.objects.get(pk=course.pk)
            found = actions.preview_upgrade(actor=anna, course=fresh, version=version_of("2023"), today=TODAY)
        kinds = {(one.step, one.kind) for one in found}

        assert ("after-measure", "appears") in kinds
        assert {kind for step, kind in kinds if step == "team-conference"} <= {"vanishes", "stays behind"}
        assert rows_of(anna, course) == before
        with acting(anna):
            assert Course.objects.get(pk=course.pk).version_id == version_of("2020")
            assert list(Upgrade.objects.all()) == []

    def test_it_is_undone_until_something_is_noted(self, anna, course) -> None:
        before = rows_of(anna, course)
        upgraded(anna, course)
        with acting(anna):
            actions.undo_upgrade(actor=anna, space=course.space_id, reason="Fejl", today=TODAY)
            fresh = Course.objects.get(pk=course.pk)
            assert queries.left_rows(anna, fresh) == []
        assert fresh.version_id == version_of("2020")
        assert rows_of(anna, course) == before
        assert same_as_anew(course)

        upgraded(anna, course)
        with acting(anna):
            actions.note_fact(actor=anna, space=course.space_id, kind="need.stated", on=TODAY, today=TODAY)
            with pytest.raises(Refused):
                actions.undo_upgrade(actor=anna, space=course.space_id, reason="Fejl", today=TODAY)

    def test_it_is_not_withdrawn_or_noted_as_a_fact(self, anna, course) -> None:
        row = upgraded(anna, course)
        with acting(anna):
            with pytest.raises(Refused):
                actions.withdraw_fact(actor=anna, fact=row.fact, reason="Fejl", today=TODAY)
            with pytest.raises(Refused):
                actions.note_fact(
                    actor=anna, space=course.space_id, kind=rules.UPGRADED, on=TODAY, today=TODAY,
                    attributes={"before": "2020", "after": "2023"},
                )  # fmt: skip

    @pytest.mark.parametrize("version", ["2020"])
    def test_the_same_version_or_another_model_is_refused(self, anna, course, version) -> None:
        with pytest.raises(Refused):
            upgraded(anna, course, version=version_of(version))
        with pytest.raises(Refused):
            upgraded(anna, course, version=a_version("bti"))
        with pytest.raises(Refused):
            upgraded(anna, course, reason="  ")

    def test_only_the_coordinator_changes_the_version(self, anna, course) -> None:
        member = a_team_member(of=course.space_id, role=RoleKey.SCHOOL_CONTACT)
        with pytest.raises(NotAllowed):
            upgraded(member, course)
        with acting(member), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute("SELECT wall.follow_upgrades(%s)", [course.space_id])

    def test_another_models_course_is_untouched(self, anna, course) -> None:
        other = a_course()
        upgraded(anna, course)
        with acting(other.anna):
            assert Course.objects.get(pk=other.course.pk).version_id == a_version()


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def client_of(self, client):
        def stand(actor: Actor):
            with as_owner():
                account = Account.objects.get(pk=actor.account_id)
            client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
            client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
            return client

        return stand

    def test_the_page_says_what_changes_and_the_change_is_taken_back(self, anna, course, client_of) -> None:
        browser, address = client_of(anna), reverse("courses:upgrade", args=[course.space_id])
        assert "Se, hvad 2023 ville ændre" in browser.get(address).content.decode()
        page = browser.post(address, {"look": "1"}).content.decode()
        assert "Trin, der falder væk" in page or "Bliver stående" in page
        assert "Nye trin" in page
        assert "error-summary" not in page, "nothing was to be filled in yet"

        assert browser.post(address, {"reason": "Vi bruger 2023 nu"}).status_code == 302
        with acting(anna):
            assert Course.objects.get(pk=course.pk).version_id == version_of("2023")
        assert "Fra versionen før" in browser.get(address).content.decode()

        undo = reverse("courses:undo_upgrade", args=[course.space_id])
        assert browser.post(undo, {"reason": "Det var for tidligt"}).status_code == 302
        with acting(anna):
            assert Course.objects.get(pk=course.pk).version_id == version_of("2020")

    def test_many_at_once_and_each_says_how_it_went(self, anna, course, client_of) -> None:
        browser, address = client_of(anna), reverse("courses:upgrades")
        assert "Ingen af jeres forløb" in browser.get(address).content.decode(), "nobody has published it"
        adopted(colleague_of(anna, RoleKey.LEADER), version_of("2023"))
        assert "2020 → 2023" in browser.get(address).content.decode()
        answer = browser.post(
            address, {"courses": [str(course.space_id)], "reason": "Kommunen bruger 2023"}, follow=True
        )
        assert "fortsætter under den nye version" in answer.content.decode()
        assert "Ingen af jeres forløb" in answer.content.decode()

    def test_a_stranger_finds_no_page(self, course, client_of) -> None:
        stranger = an_actor(RoleKey.CASEWORKER)
        assert client_of(stranger).get(reverse("courses:upgrade", args=[course.space_id])).status_code == 404
