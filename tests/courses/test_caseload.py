"""What a coordinator carries: weighed, dated, from facts; the ceiling; and what a leader may see of it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses import actions, queries
from samspil.collaboration.courses.models import CaseloadCeiling
from samspil.collaboration.courses.presenters import caseload as shown
from samspil.collaboration.courses.queries import caseload as asked
from samspil.collaboration.courses.rules import Newcomer
from samspil.collaboration.courses.rules import caseload as rules
from samspil.collaboration.programmes.actions import load_programmes
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import RelationKind
from samspil.foundation.organisations.models import Unit
from tests.courses.test_team_pages import browser
from tests.courses.test_team_pages import words as read
from tests.factories.access import a_leader, a_relation, a_stranger, a_subject, acting, an_actor
from tests.factories.courses import OPENED, TODAY, ACourse, a_course, a_version
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.factories.teams import a_team

pytestmark = pytest.mark.django_db
TREATMENT = ("styrket-familiebehandling", "2023")
BEFORE = OPENED - timedelta(days=1)


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


def a_course_of(anna: Actor, model: str, role: str, family_role: str = "child") -> ACourse:
    """A course under another model, that Anna coordinates from the start."""
    child = a_subject(anna)
    born = TODAY.replace(year=TODAY.year - 9)
    people = [Newcomer(child, born, (family_role,), in_focus=True, name="Bo By")]
    with acting(anna):
        opened = actions.open_course(
            actor=anna, version=a_version(model), people=people, opened_on=OPENED, today=TODAY,
            roles={anna.membership_id: role},
        )  # fmt: skip
    return ACourse(opened, anna, child, child, child)


def own(actor: Actor, day=TODAY) -> Decimal:
    with acting(actor):
        return queries.own_caseload(actor, day).total


def lines(leader: Actor) -> dict[str, Decimal]:
    with acting(leader):
        return {str(one.membership.pk): one.total for one in queries.colleagues(leader, TODAY)}


def set_to(leader: Actor, most: str | None, starts=TODAY, unit=None) -> CaseloadCeiling:
    with acting(leader):
        return actions.set_ceiling(
            actor=leader, unit=unit or leader.unit_id, ceiling=Decimal(most) if most else None,
            starts=starts, today=TODAY,
        )  # fmt: skip


class TestOwn:
    def test_each_course_by_its_model_from_the_day_it_opened(self) -> None:
        anna = an_actor(RoleKey.CASEWORKER)
        a_course(anna)
        bti = a_course_of(anna, "bti", "observer")
        assert own(anna) == Decimal("1.25")
        assert own(anna, BEFORE) == 0
        bti.note("level.set", level=3)
        assert own(anna) == 2
        bti.note("level.set", level=0)
        assert own(anna) == Decimal("1.25")

    def test_a_closed_course_weighs_nothing_and_a_withdrawn_closing_does_again(self) -> None:
        anna = an_actor(RoleKey.CASEWORKER)
        course = a_course(anna)
        closed = course.close()
        assert own(anna) == 0
        with acting(anna):
            actions.withdraw_fact(actor=anna, fact=closed, reason="En fejl.", today=TODAY)
        assert own(anna) == 1

    def test_it_passes_on_with_the_baton_and_agrees_with_the_ledger(self) -> None:
        team = a_team()
        bo = team.neighbour()
        team.name(bo, "municipal_coordinator")
        assert (own(team.anna), own(bo)) == (1, 0)
        team.accept(bo)
        assert team.batons() == [bo.membership_id]
        assert (own(team.anna), own(bo)) == (0, 1)

    def test_what_one_may_not_see_does_not_weigh(self, monkeypatch: pytest.MonkeyPatch) -> None:
        teacher = an_actor(RoleKey.SCHOOL_CONTACT)
        a_residential(teacher)
        assert own(teacher) == 1
        real = asked._load
        monkeypatch.setattr(asked, "_load", lambda row, strict: real(row, strict=False))  # the broken twin
        assert own(teacher) == 2

    def test_a_stranger_carries_nothing(self) -> None:
        a_course()
        assert own(a_stranger()) == 0


class TestPage:
    def test_says_how_much_of_how_much_which_courses_and_why(self) -> None:
        team = a_team()
        leader = a_leader(team.space)
        bti = a_course_of(team.anna, "bti", "observer")
        bti.note("level.set", level=2)
        page = read(browser(team.anna).get(reverse("courses:caseload")))
        assert "Du har 1,5 i alt" in page
        assert "Der er ikke sat et loft" in page
        set_to(leader, "1.5")
        page = read(browser(team.anna).get(reverse("courses:caseload")))
        assert "Du har 1,5 af 1,5" in page
        assert "Du er ved loftet" in page
        assert re.search(r"Bo By\D* Bedre Tværfaglig Indsats \(BTI\)\D* 0,5", page)
        assert "På grund af »Niveau sat: 2«" in page
        assert "Modellens almindelige vægt" in page
        assert "Arbejdsmængde: 1,5 af 1,5" in read(browser(team.anna).get(reverse("workplace:overview")))

    def test_nothing_is_said_calmly(self) -> None:
        page = read(browser(an_actor(RoleKey.CASEWORKER)).get(reverse("courses:caseload")))
        assert "Du koordinerer ingen forløb" in page


class TestCeiling:
    def test_holds_for_units_below_until_they_have_their_own(self) -> None:
        at = [rules.Ceiling("top", TODAY - timedelta(days=9), clock.now(), Decimal(15))]
        assert rules.ceiling_on(at, ["team", "top"], TODAY) == 15
        at.append(rules.Ceiling("team", TODAY, clock.now(), Decimal(12)))
        assert rules.ceiling_on(at, ["team", "top"], TODAY) == 12
        assert rules.ceiling_on(at, ["team", "top"], TODAY - timedelta(days=1)) == 15
        at.append(rules.Ceiling("team", TODAY, clock.now(), None))
        assert rules.ceiling_on(at, ["team", "top"], TODAY) == 15
        assert rules.ceiling_on([], ["team"], TODAY) is None

    def test_only_the_leader_of_the_unit_sets_it_and_not_backwards(self) -> None:
        course = a_course()
        leader = a_leader(course.space)
        assert set_to(leader, "12.5").ceiling == Decimal("12.5")
        with pytest.raises(Refused, match="i dag eller senere"):
            set_to(leader, "12", starts=TODAY - timedelta(days=1))
        with pytest.raises(Refused, match="mellem"):
            set_to(leader, "201")
        with acting(course.anna), pytest.raises(NotAllowed):
            actions.set_ceiling(
                actor=course.anna, unit=course.anna.unit_id, ceiling=Decimal(9), starts=TODAY, today=TODAY
            )
        with as_owner():
            elsewhere = a_unit()
        with pytest.raises(NotAllowed):
            set_to(leader, "9", unit=elsewhere.pk)

    def test_the_database_says_the_same(self) -> None:
        course = a_course()
        leader = a_leader(course.space)
        row = set_to(leader, "10")
        with acting(course.anna), pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            CaseloadCeiling.objects.create(
                authority_id=row.authority_id, unit_id=row.unit_id, ceiling=1, starts=TODAY,
                set_by_id=course.anna.membership_id, set_at=row.set_at,
            )  # fmt: skip
        with acting(leader), pytest.raises(ProgrammingError), transaction.atomic():
            CaseloadCeiling.objects.update(ceiling=1)
        with acting(a_stranger()):
            assert not CaseloadCeiling.objects.exists()

    def test_by_its_page(self) -> None:
        course = a_course()
        leader = a_leader(course.space)
        sent = {"unit": str(leader.unit_id), "ceiling": "12,5", "starts": TODAY.isoformat()}
        page = read(browser(leader).post(reverse("courses:ceiling"), sent, follow=True))
        assert "Loftet er sat" in page
        assert "1 af 12,5" in page
        assert "12,5" in read(browser(leader).get(reverse("courses:ceiling")))
        assert browser(course.anna).get(reverse("courses:ceiling")).status_code == 403


class TestLeader:
    def test_sees_own_colleagues_by_name_and_no_family(self) -> None:
        team = a_team()
        leader = a_leader(team.space)
        idle = team.colleague()
        found = lines(leader)
        assert found == {str(team.anna.membership_id): 1, str(idle.membership_id): 0}
        page = read(browser(leader).get(reverse("courses:unit_caseload")))
        assert "1 × 1 VIA Family 2.0" in page
        assert "Intet forløb" in page
        assert "for få koordinerer" in page
        assert browser(team.anna).get(reverse("courses:unit_caseload")).status_code == 403

    def test_counts_a_course_that_another_sector_leads(self) -> None:
        team = a_team()
        bo = team.neighbour()
        team.name(bo, "municipal_coordinator")
        team.accept(bo)
        with as_owner():
            unit = Unit.objects.get(pk=bo.unit_id)
        leader = an_actor(RoleKey.LEADER, unit=unit)
        a_relation(leader, RelationKind.LEADER)
        assert lines(leader) == {str(bo.membership_id): 1}
        with acting(leader):
            assert not queries.visible_courses(leader).filter(space=team.space).first()
            [row] = ask("led")
        assert row[1] is None  # the course itself is not told
        assert str(team.course.alma) not in str(row)

    def test_a_unit_with_a_leader_of_its_own_is_that_ones(self) -> None:
        course = a_course()
        with as_owner():
            unit = Unit.objects.select_related("authority").get(pk=course.anna.unit_id)
            top = a_unit(unit.authority)
            Unit.objects.filter(pk=unit.pk).update(parent=top)
        head = an_actor(RoleKey.LEADER, unit=top)
        a_relation(head, RelationKind.LEADER)
        assert lines(head) == {str(course.anna.membership_id): 1}
        a_leader(course.space)
        assert lines(head) == {}

    def test_others_may_not_ask_the_database(self) -> None:
        course = a_course()
        for whose in ("led", "authority"):
            with acting(course.anna), pytest.raises(DatabaseError), transaction.atomic():
                ask(whose)

    def test_in_the_whole_nobody_has_a_name(self) -> None:
        course = a_course()
        with acting(a_leader(course.space)):
            [row] = ask("authority")
        assert str(course.anna.membership_id) not in str(row)


class TestFew:
    @pytest.mark.parametrize(
        ("count", "own", "is_shown"),
        [
            (4, 0, False),
            (5, 0, True),
            (9, 5, False),
            (10, 5, True),
            (5, 5, True),
            (6, 5, False),
            (0, 0, False),
        ],
    )
    def test_never_fewer_than_five_also_not_as_what_is_left(
        self, count: int, own: int, is_shown: bool
    ) -> None:
        assert bool(rules.may_be_shown(count, own=own)) == is_shown
        loads = {str(n): Decimal(3) for n in range(count)}
        whole = asked.Whole(TODAY, loads, dict.fromkeys(loads))
        [month] = shown.months([whole], own)
        assert bool(month.mean) == is_shown
        assert bool(month.why_not) != is_shown

    def test_a_threshold_that_is_lower_shows_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(rules, "FEWEST", 3)  # the broken twin
        loads = {str(n): Decimal(3) for n in range(4)}
        [month] = shown.months([asked.Whole(TODAY, loads, dict.fromkeys(loads))], 0)
        assert month.mean == "3,0"

    @pytest.mark.parametrize(
        ("loads", "most", "level"),
        [
            ([], 10, None),
            ([9] * 5, None, 0),
            ([9] * 5, 9, 2),
            ([9, 9, 9, 9, 12], 10, 1),
            ([9, 9, 9, 12, 12], 10, 0),
        ],
    )
    def test_the_criterion_of_the_site(self, loads: list[int], most: int | None, level: int | None) -> None:
        by = {str(n): Decimal(load) for n, load in enumerate(loads)}
        top = dict.fromkeys(by, Decimal(most) if most else None)
        assert rules.kept(by, top)[0] == level


def ask(whose: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wall.caseload(%s)", [whose])
        return list(cursor.fetchall())


def a_residential(teacher: Actor) -> ACourse:
    """A family at a 24-hour stay, coordinated by somebody who does not work with where people are."""
    with as_owner():
        unit = Unit.objects.get(pk=teacher.unit_id)
    keeper = an_actor(RoleKey.CASEWORKER, unit=unit)
    child, parent = a_subject(keeper), a_subject(keeper)
    people = [
        Newcomer(child, TODAY.replace(year=TODAY.year - 9), ("child",), in_focus=True),
        Newcomer(parent, TODAY.replace(year=TODAY.year - 40), ("parent",)),
    ]
    with as_owner():
        stored = load_programmes(using="default")
        version = next(one.pk for one in stored if (one.key, one.version) == TREATMENT)
    with acting(keeper):
        opened = actions.open_course(
            actor=keeper, version=version, people=people, opened_on=OPENED, today=TODAY,
            roles={keeper.membership_id: "adviser", teacher.membership_id: "family_worker_1"},
        )  # fmt: skip
    course = ACourse(opened, keeper, child, parent, parent)
    with acting(teacher):
        part = queries.own_waiting_part(teacher, course.space, TODAY)
        actions.accept_role(actor=teacher, participant=part, today=TODAY)
    course.note("setting.changed", setting="residential", people=[str(child)])
    return course
