"""Closing a course: who may, what it rests on, and that nothing is ever half done."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from pydantic import ValidationError

from samspil.collaboration.courses import actions, queries, retention, rules
from samspil.collaboration.courses.models import Closing, ConsentReview, Fact, FamilyCopy, Remainder
from samspil.collaboration.courses.rules import Left, Reader
from samspil.collaboration.families import actions as families
from samspil.collaboration.families.models import PersonRecord, Tie
from samspil.collaboration.programmes.engine import State
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import law
from samspil.collaboration.sharing.models import Basis, Told
from samspil.collaboration.sharing.rules import Scope, Statute
from samspil.foundation.access.models import Ledger
from samspil.foundation.desk.models import StoredFile
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category, Purpose
from tests.factories.access import a_leader, a_stranger, a_team_member, acting, an_actor
from tests.factories.closing import AnEnd, an_end
from tests.factories.courses import OPENED, TODAY
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner
from tests.factories.sharing import a_consent, to_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def end() -> AnEnd:
    return an_end()


def kinds(end: AnEnd) -> list[str]:
    with acting(end.signe) as signe:
        return [fact.kind for fact in queries.facts_of(signe, end.space).order_by("noted_at")]


def everything_written() -> dict[str, int]:
    found = {}
    with as_owner(), connection.cursor() as cursor:
        for table in (Fact, Closing, ConsentReview, Remainder, FamilyCopy, Basis, Ledger):
            cursor.execute(f"SELECT count(*) FROM {table._meta.db_table}")
            [[found[table.__name__]]] = cursor.fetchall()
    return found


def a_basis(end: AnEnd, subject: PersonRecord, *said_by: PersonRecord, **fields: object) -> Basis:
    other = an_actor()
    with acting(end.signe) as signe:
        [basis] = sharing.register_consent(
            actor=signe,
            space=end.space,
            consent=a_consent(subject, to_unit(other), *said_by, **fields),  # type: ignore[arg-type]
            today=TODAY,
        )
    return basis


class TestCloseCourse:
    def test_closes_with_its_reason_and_says_when_all_is_deleted(self, end: AnEnd) -> None:
        end.ready()
        closing = end.closed()
        assert kinds(end)[-1] == "course.closed"
        assert closing.fact.attributes == {"reason": "goals-reached", "retention": "family-case"}
        assert closing.deleted_on == date(TODAY.year + 5, TODAY.month, TODAY.day)
        with acting(end.signe) as signe:
            assert queries.closing_of(signe, end.space) == closing

    def test_afterwards_only_what_the_model_asks_for_afterwards_is_due(self, end: AnEnd) -> None:
        end.ready()
        with acting(end.signe) as signe:
            before = {one.step for one in queries.due_rows(signe, end.course, TODAY)}
        end.closed()
        later = TODAY + timedelta(days=100)
        with acting(end.signe) as signe:
            rows = queries.due_rows(signe, end.course, later)
            waiting = queries.worklist(signe, later)
        opens = {one.step for one in rows if one.state in {State.OPEN, State.DUE, State.LATE, State.NOT_DUE}}
        afterwards = {one.step for one in rows if one.rule.after_closing}
        assert len(before) > len(afterwards)
        assert "follow-up-call" in opens
        assert opens <= afterwards
        assert {row.occurrence.step for row in (*waiting.mine, *waiting.others)} <= afterwards

    def test_the_team_still_sees_the_course(self, end: AnEnd) -> None:
        member = a_team_member(of=end.space)
        end.ready()
        end.closed()
        with acting(member):
            assert queries.course_head(member, end.space, TODAY) is not None

    def test_a_withdrawn_closing_opens_it_again_and_it_can_be_closed_anew(self, end: AnEnd) -> None:
        end.ready()
        closing = end.closed()
        with acting(end.signe) as signe:
            actions.withdraw_fact(
                actor=signe, fact=closing.fact, reason="Familien vil fortsætte.", today=TODAY
            )
            assert queries.closing_of(signe, end.space) is None
        again = end.closed(retention_class="held")
        assert again.pk != closing.pk
        assert again.deleted_on is None

    @pytest.mark.parametrize(
        ("missing", "why"),
        [
            ("words", "Write first what happens now"),
            ("review", "Look at the consents first"),
            ("copy", "copy is not given yet: Noah Lund"),
            ("gift", "copy is not given yet: Noah Lund"),
        ],
    )
    def test_refuses_where_something_is_missing_and_changes_nothing(
        self, end: AnEnd, missing: str, why: str
    ) -> None:
        if missing != "words":
            end.written()
        if missing != "review":
            end.reviewed()
        for reader in (end.mette, end.jens):
            end.given(end.copied(reader))
        if missing == "gift":
            end.copied(end.noah)
        elif missing != "copy":
            end.given(end.copied(end.noah))
        before = everything_written()
        with pytest.raises(Refused, match=why):
            end.closed()
        assert everything_written() == before

    def test_refuses_what_is_not_what_the_page_showed(self, end: AnEnd) -> None:
        end.ready()
        before = everything_written()
        with pytest.raises(Refused, match="Look at the consents"):
            end.closed(review=None)
        with pytest.raises(Refused, match="changed in the meantime"):
            end.closed(family_copies=[])
        assert everything_written() == before

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"closed_on": TODAY + timedelta(days=1)}, "in the future"),
            ({"closed_on": OPENED - timedelta(days=1)}, "before it was opened"),
            ({"retention_class": "for-ever"}, "how long"),
        ],
    )
    def test_refuses_a_day_that_cannot_be_and_a_class_that_is_none(
        self, end: AnEnd, fields: dict[str, object], why: str
    ) -> None:
        end.ready()
        with pytest.raises(Refused, match=why):
            end.closed(**fields)
        assert "course.closed" not in kinds(end)

    def test_refuses_twice(self, end: AnEnd) -> None:
        end.ready()
        end.closed()
        with pytest.raises(Refused, match="closed already"):
            end.closed()

    def test_an_open_agreement_has_its_words_first(self, end: AnEnd) -> None:
        thing = end.agreement(end.alma)
        end.ready()
        with pytest.raises(Refused, match="Signe ringer til skolen"):
            end.closed(open_things=[thing])
        end.written(
            Left("Ring til Signe."),
            Left("Skolen tager over.", thing=thing.item, title=thing.title),
        )
        with pytest.raises(Refused, match="Make it again"):
            end.closed(open_things=[thing])
        for reader in (end.mette, end.jens, end.noah):
            end.given(end.copied(reader))
        assert end.closed(open_things=[thing]).pk

    def test_a_consent_that_came_after_the_review_is_looked_at_first(self, end: AnEnd) -> None:
        end.ready()
        a_basis(end, end.mette)
        with pytest.raises(Refused, match="was not there when you looked"):
            end.closed()

    def test_a_review_grows_old(self, end: AnEnd) -> None:
        end.ready()
        with acting(end.signe) as signe:
            ends = queries.ending_of(signe, end.course, TODAY).ends([])
        assert rules.consents_stand(ends, TODAY + timedelta(days=30))
        assert not rules.consents_stand(ends, TODAY + timedelta(days=31))

    def test_is_for_the_coordinator_and_the_leader_alone(self, end: AnEnd) -> None:
        end.ready()
        for other in (a_team_member(of=end.space), a_stranger()):
            with pytest.raises(PermissionDenied):
                end.closed(by=other)
        assert "course.closed" not in kinds(end)

    def test_nobody_goes_round_it(self, end: AnEnd) -> None:
        with acting(end.signe) as signe:
            for kind in ("course.closed", "family_copy.given"):
                with pytest.raises(Refused, match="Close the course"):
                    actions.note_fact(actor=signe, space=end.space, kind=kind, on=TODAY, today=TODAY)


class TestReviewConsents:
    def test_keeps_or_stops_each_one_and_notes_it(self, end: AnEnd) -> None:
        kept, stopped = a_basis(end, end.mette), a_basis(end, end.jens)
        review = end.reviewed({kept.pk: "", stopped.pk: "Der er ikke brug for det mere."})
        assert review.kept == [kept.pk]
        assert set(review.fact.attributes["people"]) == {
            str(person.subject_id) for person in (end.mette, end.jens, end.alma, end.noah)
        }
        assert [basis.pk for basis in end.ending().running] == [kept.pk]

    def test_leaves_none_out_and_stops_nothing_then(self, end: AnEnd) -> None:
        a_basis(end, end.mette)
        stopped = a_basis(end, end.jens)
        before = everything_written()
        with pytest.raises(Refused, match="changed in the meantime"):
            end.reviewed({stopped.pk: "Slut."})
        with pytest.raises(Refused, match="changed in the meantime"):
            end.reviewed({**{one.pk: "" for one in end.ending().running}, uuid4(): ""})
        assert everything_written() == before

    def test_what_another_unit_wrote_is_stopped_by_that_unit(self, end: AnEnd) -> None:
        with as_owner():
            other = a_unit()
        bo = a_team_member(of=end.space, role=RoleKey.CASEWORKER, unit=other)
        with acting(bo):
            [theirs] = sharing.register_statute(
                actor=bo,
                space=end.space,
                statute=Statute(
                    Scope(end.mette.subject_id, to_unit(end.signe), Category.EVERYDAY, Purpose.COORDINATION),
                    ground=law.in_force().ground("administration-28"),
                    reasoning="Nødvendigt for sagen.",
                    decided_by=bo.membership_id,
                    starts=TODAY,
                    ends=TODAY + timedelta(days=90),
                    told=Told.LATER,
                    told_text="Bo siger det i morgen.",
                ),
                today=TODAY,
            )
        assert [one.pk for one in end.ending().running] == [theirs.pk]
        before = everything_written()
        with pytest.raises(NotAllowed):
            end.reviewed({theirs.pk: "Slut."})
        assert everything_written() == before
        assert end.reviewed({theirs.pk: ""}).kept == [theirs.pk]

    def test_is_for_the_coordinator_alone(self, end: AnEnd) -> None:
        for other in (a_team_member(of=end.space), a_stranger()):
            with pytest.raises(PermissionDenied):
                end.reviewed({}, by=other)


class TestCopies:
    def test_each_adult_and_who_is_fifteen_gets_one(self, end: AnEnd) -> None:
        assert {one.name for one in end.ending().readers} == {"Mette Lund", "Jens Lund", "Noah Lund"}

    def test_nobody_else_does(self, end: AnEnd) -> None:
        with pytest.raises(Refused, match="no copy of their own"):
            end.copied(end.alma)
        for other in (a_team_member(of=end.space), a_stranger()):
            with pytest.raises(PermissionDenied):
                end.copied(end.mette, by=other)

    def test_the_file_is_its_makers_alone(self, end: AnEnd) -> None:
        copy = end.copied(end.mette)
        for other in (a_team_member(of=end.space), a_leader(of=end.space)):
            with acting(other):
                assert not StoredFile.objects.filter(pk=copy.file_id)
        with acting(end.signe):
            assert StoredFile.objects.get(pk=copy.file_id).sha256 == copy.sha256

    def test_a_new_one_takes_the_place_of_the_old(self, end: AnEnd) -> None:
        end.given(end.copied(end.mette))
        second = end.copied(end.mette)
        ending = end.ending()
        assert ending.copies[end.mette.subject_id] == second
        assert not ending.ends([]).copies[0].is_given or second.file_id in ending.given

    def test_whoever_wants_none_has_a_reason_instead(self, end: AnEnd) -> None:
        end.written()
        end.reviewed()
        for reader in (end.mette, end.noah):
            end.given(end.copied(reader))
        with acting(end.signe) as signe:
            with pytest.raises(Refused, match="Write why"):
                actions.leave_out_copy(
                    actor=signe, space=end.space, reader=end.jens.subject_id, why_not=" ", today=TODAY
                )
            actions.leave_out_copy(
                actor=signe,
                space=end.space,
                reader=end.jens.subject_id,
                why_not="Han vil ikke have den.",
                today=TODAY,
            )
        assert end.closed().pk

    def test_is_not_given_before_it_was_made(self, end: AnEnd) -> None:
        copy = end.copied(end.mette)
        with pytest.raises(Refused, match="before it was made"):
            end.given(copy, TODAY - timedelta(days=1))
        with pytest.raises(PermissionDenied):
            end.given(copy, by=a_stranger())


class TestWhatACopyHolds:
    """Never one parent's health in the other's copy."""

    def reader(self, end: AnEnd, person: PersonRecord) -> Reader:
        return next(one for one in end.ending().readers if one.subject == person.subject_id)

    @pytest.mark.parametrize(
        ("reader", "about", "category", "may"),
        [
            ("mette", ["mette"], Category.HEALTH, True),
            ("jens", ["mette"], Category.HEALTH, False),
            ("jens", ["mette", "jens"], Category.HEALTH, False),
            ("jens", ["mette", "alma"], Category.HEALTH, False),
            ("jens", ["alma"], Category.HEALTH, True),
            ("jens", ["alma"], Category.CONFIDENTIAL_YOUTH, False),
            ("jens", ["noah"], Category.HEALTH, False),
            ("jens", ["noah"], Category.SCHOOL, True),
            ("jens", ["mette", "jens", "alma"], Category.EVERYDAY, True),
            ("jens", ["mette", "jens"], Category.SOCIAL, False),
            ("jens", ["mette"], Category.EVERYDAY, False),
            ("noah", ["noah"], Category.HEALTH, True),
            ("noah", ["noah", "alma"], Category.EVERYDAY, True),
            ("noah", ["alma"], Category.EVERYDAY, False),
            ("noah", ["mette"], Category.IDENTITY, False),
        ],
    )
    def test_by_subjects_and_category(
        self, end: AnEnd, reader: str, about: list[str], category: Category, may: bool
    ) -> None:
        who = self.reader(end, getattr(end, reader))
        assert who.may_have([getattr(end, name).subject_id for name in about], category) is may

    def test_custody_in_doubt_opens_no_child(self, end: AnEnd) -> None:
        with acting(end.signe) as signe:
            tie = Tie.objects.get(person=end.jens.subject_id, to=end.alma.subject_id)
            families.mark_custody_disputed(actor=signe, tie=tie, is_disputed=True, reason="Ny sag.")
        for parent in (end.mette, end.jens):
            assert not self.reader(end, parent).may_have([end.alma.subject_id], Category.EVERYDAY)
        assert self.reader(end, end.jens).may_have([end.noah.subject_id], Category.EVERYDAY)

    def test_without_custody_a_parent_has_nothing_of_the_child(self, end: AnEnd) -> None:
        who = Reader(end.jens.subject_id, "Jens", sees={end.jens.subject_id: ALL_CATEGORIES})
        assert not who.may_have([end.alma.subject_id], Category.EVERYDAY)

    def test_an_adult_child_is_nobodys(self) -> None:
        assert rules.of_a_child(date(TODAY.year - 18, 1, 1), TODAY) == Category(0)
        assert rules.of_a_child(None, TODAY) == Category(0)


def test_the_number_of_queries_does_not_grow(
    end: AnEnd, django_assert_num_queries: Callable[..., object]
) -> None:
    def asked() -> None:
        with acting(end.signe) as signe, django_assert_num_queries(9):
            queries.ending_of(signe, end.course, TODAY)

    end.ready()
    asked()
    for _number in range(3):
        a_basis(end, end.mette)
    asked()


class TestRetention:
    def test_each_class_says_what_it_rests_on(self) -> None:
        for one in retention.classes().values():
            assert one.statute
            assert one.source or one.unverified
            assert one.checked_on <= TODAY

    def test_a_class_without_a_source_says_so(self) -> None:
        fields = retention.classes()["patient-record"].model_dump()
        with pytest.raises(ValidationError, match="unverified"):
            retention.Retention(**{**fields, "unverified": None})

    def test_children_born_on_some_days_are_preserved(self) -> None:
        assert retention.recommended([date(2017, 5, 11)]).key == "preserved"
        assert retention.recommended([date(2017, 5, 12)]).key == "family-case"
