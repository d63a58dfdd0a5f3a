"""Who is asked, what the facts say, one task each, no child forced, readers counted and not named."""

from datetime import timedelta

import pytest

from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.queries import course_head, due_rows
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.meetings import actions, queries
from samspil.collaboration.meetings.actions import Place
from samspil.collaboration.meetings.models import (
    PlaceCode,
    Presence,
    ReadReceipt,
    ReplyAnswer,
)
from samspil.collaboration.meetings.rules import Guest
from samspil.collaboration.programmes.engine import State
from samspil.foundation.access import sight
from samspil.foundation.desk.models import News
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_stranger, a_team_member, acting
from tests.factories.courses import TODAY, a_course
from tests.factories.journal import a_child_view, a_yes, another_sector, takes_part
from tests.factories.meetings import (
    NETWORK,
    a_meeting,
    a_point,
    at,
    everybody,
    held,
    shared,
    the_invitation,
    the_row,
    the_whole,
)
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def course():
    return a_course()


def facts(course, kind):
    with as_owner():
        return list(Fact.objects.filter(space=course.space, kind=kind).order_by("pk"))


def seen(course, actor):
    with acting(actor):
        return queries.meetings_of(actor, course.space)


def refused(actor, action, match, **said):
    with acting(actor), pytest.raises(Refused, match=match):
        action(actor=actor, **said)


class TestPlanning:
    def test_notes_the_fact_and_asks_everybody(self, course):
        meeting = a_meeting(course)
        [fact] = facts(course, "meeting.planned")
        assert fact.attributes == {
            "meeting": str(meeting.pk),
            "kind": "kickoff",
            "people": [str(course.alma)],
            "takes_place_on": str(TODAY + WEEK),
        }
        assert fact.on_day == TODAY
        row = the_row(course, meeting)
        assert len(row.guests) == 4
        assert row.state == queries.meetings.PLANNED
        assert [one.point.title for one in the_whole(course, meeting).points] == [
            "Welcome: who we are",
            "How was the meeting?",
        ]

    def test_a_kind_that_the_model_does_not_know_is_refused(self, course):
        with pytest.raises(Refused, match="what kind"):
            a_meeting(course, "party")

    def test_a_slip_in_the_year_is_caught(self, course):
        with pytest.raises(Refused, match="three years ahead"):
            a_meeting(course, on=TODAY + timedelta(days=365 * 4))

    def test_a_stranger_arranges_nothing(self, course):
        with pytest.raises(NotAllowed):
            a_meeting(course, by=a_stranger())

    def test_nobody_is_asked_twice(self, course):
        meeting = a_meeting(course)
        for guest in (Guest(person=course.alma), Guest(name=f" {NETWORK.upper()} ")):
            refused(
                course.anna,
                actions.invite,
                "invited already",
                space=course.space,
                meeting=meeting.pk,
                guests=[guest],
                today=TODAY,
                now=clock.now(),
            )

    def test_who_is_not_part_of_the_course_is_asked_by_name_only(self, course):
        with pytest.raises(Refused, match="by name"):
            a_meeting(course, guests=(Guest(post=a_stranger().membership_id),))

    def test_colleagues_get_a_mail_without_content(self, course):
        teacher = takes_part(course, course.teacher())
        meeting = a_meeting(course, "kickoff", teacher)
        with as_owner():
            [news] = News.objects.filter(account=teacher.account_id)
            assert not News.objects.filter(account=course.anna.account_id).exists()
        assert news.about == meeting.pk

    def test_where_somebody_protected_is_stands_apart(self, course):
        teacher = takes_part(course, course.teacher())
        meeting = a_meeting(course, place=Place(PlaceCode.HOME, "Skovvej 4", is_secret=True))
        assert the_whole(course, meeting).place.item.category == Category.WHEREABOUTS
        assert the_whole(course, meeting, teacher).place is None
        held(course, meeting)
        assert "place" not in facts(course, "meeting.held")[0].attributes


class TestWall:
    def test_a_unit_without_basis_sees_no_meeting_and_not_that_there_is_one(self, course):
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other)
        held(course, meeting)
        shared(course, meeting)
        assert seen(course, other) == []
        with acting(other):
            assert queries.meetings_ahead(other, TODAY) == []
            assert queries.whole_meeting(other, course.space, meeting.pk) is None
            assert queries.next_meeting(other, course.space, TODAY) is None
            assert not list(sight.visible(Fact.objects.filter(space=course.space)))

    def test_with_a_yes_for_whom_it_is_about_it_sees_it_but_not_the_father(self, course):
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        [row] = seen(course, other)
        assert row.pk == meeting.pk
        assert {one.guest.person for one in row.guests} == {None, course.alma}

    def test_a_unit_that_shares_nothing_back_closes_it_and_it_is_over_for_all(self, course):
        """The others read no word of what that unit wrote, and do not come to a meeting that is over."""
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other, on=TODAY)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        came = {one.pk: Presence.HERE for one in the_whole(course, meeting, other).row.guests}
        with acting(other):
            actions.close_meeting(
                actor=other,
                space=course.space,
                meeting=meeting.pk,
                held_on=TODAY,
                presence=came,
                today=TODAY,
            )
        [row] = seen(course, course.anna)
        assert row.end is None
        assert (row.state, row.day, row.is_ahead) == ("held", TODAY, False)
        assert {one.presence for one in row.guests} == {""}
        with acting(course.anna):
            assert queries.meetings_ahead(course.anna, TODAY) == []
        with pytest.raises(Refused):
            held(course, meeting)

    def test_a_unit_that_shares_nothing_back_moves_it_and_all_know_the_new_time(self, course):
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        moved = at(TODAY + 2 * WEEK)
        with acting(other):
            actions.move_meeting(
                actor=other,
                space=course.space,
                meeting=meeting.pk,
                starts_at=moved,
                length=45,
                reason="Alma har fri.",
                today=TODAY,
                now=clock.now(),
            )
        [row] = seen(course, course.anna)
        assert (row.moves, row.starts_at, row.length) == ((), moved, 45)

    def test_how_a_meeting_stands_is_told_to_those_in_the_course_alone(self, course):
        meeting = a_meeting(course)
        with acting(course.anna):
            assert list(queries.meetings._standing([meeting])) == [meeting.pk]
        with acting(a_stranger()):
            assert queries.meetings._standing([meeting]) == {}

    def test_a_stranger_sees_nothing(self, course):
        a_meeting(course)
        assert seen(course, a_stranger()) == []


class TestReplies:
    def said(self, course, meeting, guest, **fields):
        return {
            "space": course.space,
            "meeting": meeting.pk,
            "invitation": the_invitation(course, meeting, guest),
            "answer": ReplyAnswer.COMING,
            "words": "",
            "today": TODAY,
            **fields,
        }

    def test_the_newest_answer_holds(self, course):
        meeting = a_meeting(course)
        father = Guest(person=course.father)
        with acting(course.anna):
            for answer in (ReplyAnswer.COMING, ReplyAnswer.NOT_COMING):
                actions.reply_to(actor=course.anna, **self.said(course, meeting, father, answer=answer))
        [guest] = [one for one in the_row(course, meeting).guests if one.guest == father]
        assert guest.reply.answer == ReplyAnswer.NOT_COMING
        assert guest.reply.noted_by_id == course.anna.membership_id

    def test_another_time_says_which(self, course):
        said = self.said(course, a_meeting(course), Guest(person=course.father), answer=ReplyAnswer.OTHER)
        refused(course.anna, actions.reply_to, "would be better", **said)

    def test_a_colleague_answers_for_themselves(self, course):
        teacher = takes_part(course, course.teacher())
        meeting = a_meeting(course, "kickoff", teacher)
        said = self.said(course, meeting, Guest(post=teacher.membership_id))
        with acting(course.anna), pytest.raises(NotAllowed):
            actions.reply_to(actor=course.anna, **said)
        with acting(teacher):
            assert actions.reply_to(actor=teacher, **said).pk


class TestMovingAndCallingOff:
    def test_a_move_says_why_and_the_new_time_holds(self, course):
        meeting = a_meeting(course)
        said = {
            "space": course.space,
            "meeting": meeting.pk,
            "starts_at": at(TODAY + 2 * WEEK),
            "length": 45,
            "today": TODAY,
            "now": clock.now(),
        }
        refused(course.anna, actions.move_meeting, "Write why", reason=" ", **said)
        with acting(course.anna):
            actions.move_meeting(actor=course.anna, reason="Far skal til læge.", **said)
        row = the_row(course, meeting)
        assert (row.day, row.length) == (TODAY + 2 * WEEK, 45)

    def test_called_off_is_a_fact_and_the_meeting_is_over(self, course):
        meeting = a_meeting(course)
        said = {"space": course.space, "meeting": meeting.pk, "today": TODAY}
        with acting(course.anna):
            end = actions.cancel_meeting(actor=course.anna, reason="Ingen kunne.", now=clock.now(), **said)
        [fact] = facts(course, "meeting.cancelled")
        assert fact.attributes["reason"] == str(end.pk)
        refused(course.anna, actions.close_meeting, "called off", held_on=TODAY, presence={}, **said)


class TestAgenda:
    def test_points_stand_before_the_last_and_change_places(self, course):
        meeting = a_meeting(course)
        first, second = a_point(course, meeting, "Et"), a_point(course, meeting, "To")
        with acting(course.anna):
            actions.move_point(actor=course.anna, space=course.space, meeting=meeting.pk, thread=second)
        assert [one.thread for one in the_whole(course, meeting).points][1:3] == [second, first]
        with acting(course.anna):
            actions.drop_point(actor=course.anna, space=course.space, meeting=meeting.pk, thread=first)
        assert first not in {one.thread for one in the_whole(course, meeting).points}

    def test_a_childs_words_are_shown_only_after_the_childs_yes(self, course):
        meeting = a_meeting(course)
        view = a_child_view(course, answer=ShowAnswer.NO)
        with pytest.raises(Refused, match="has not said yes"):
            a_point(course, meeting, view=view.pk)
        view = a_child_view(course, answer=ShowAnswer.YES)
        thread = a_point(course, meeting, view=view.pk)
        [point] = [one for one in the_whole(course, meeting).points if one.thread == thread]
        assert point.view.words == view.words

    def test_nobody_writes_a_childs_words_past_the_child(self, course):
        with pytest.raises(Refused, match="child's words"):
            a_point(course, a_meeting(course), words="Jeg er bange.", said_by=course.alma)

    def test_what_not_everybody_in_the_room_may_see_is_known_before(self, course):
        other = another_sector(course)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        meeting = a_meeting(course, "kickoff", other)
        mine = a_point(course, meeting, "Fars plan", words="Jeg sover dårligt.", said_by=course.father)
        whole = the_whole(course, meeting)
        with acting(course.anna):
            head = course_head(course.anna, course.space, TODAY)
            room = queries.room_of(course.anna, whole.row, head, TODAY)
        shown = {one.thread: room.all_see(one.point.item) for one in whole.points}
        assert shown.pop(mine) is False
        assert all(shown.values())
        assert mine not in {one.thread for one in the_whole(course, meeting, other).points}


class TestHearing:
    def due(self, course) -> list[str]:
        with acting(course.anna):
            found = due_rows(course.anna, course.course, TODAY)
        return [str(one.due) for one in found if one.step == "child-view-kickoff"]

    def test_children_are_heard_around_the_day_of_the_meeting_also_when_it_is_moved(self, course):
        meeting = a_meeting(course)
        assert self.due(course) == [str(TODAY + timedelta(days=7))]
        with acting(course.anna):
            actions.move_meeting(
                actor=course.anna,
                space=course.space,
                meeting=meeting.pk,
                starts_at=at(TODAY + timedelta(days=12)),
                length=60,
                reason="Far skal til læge.",
                today=TODAY,
                now=clock.now(),
            )
        assert self.due(course) == [str(TODAY + timedelta(days=12))]


class TestMissing:
    def missing(self, course, meeting):
        row = the_row(course, meeting)
        with acting(course.anna):
            head = course_head(course.anna, course.space, TODAY)
            room = queries.room_of(course.anna, row, head, TODAY)
            return queries.missing_before(course.anna, row, head, room, TODAY)

    def test_names_the_child_until_it_is_heard_and_stops_nobody(self, course):
        meeting = a_meeting(course)
        assert [one.subject_id for one in self.missing(course, meeting).unheard] == [course.alma]
        a_child_view(course)
        assert not self.missing(course, meeting)
        held(course, meeting)

    def test_names_units_that_cannot_see_the_meeting(self, course):
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other)
        missing = self.missing(course, meeting)
        assert [unit.pk for unit in missing.blind] == [other.unit_id]
        assert missing.model_asks_for_basis


class TestHolding:
    def test_the_fact_says_who_was_there_without_words(self, course):
        meeting = a_meeting(course)
        held(course, meeting)
        [fact] = facts(course, "meeting.held")
        assert fact.attributes == {
            "meeting": str(meeting.pk),
            "kind": "kickoff",
            "people": [str(course.alma)],
            "child_present": True,
            "child_declined": False,
            "family_present": True,
            "network_present": True,
            "sectors": 1,
            "departments": 1,
            "adult_side_present": False,
            "decision_maker_present": False,
            "place": "office",
        }

    def test_a_week_late_is_fine_and_says_so(self, course):
        meeting = a_meeting(course, on=TODAY - WEEK)
        held(course, meeting, TODAY - WEEK)
        [fact] = facts(course, "meeting.held")
        assert fact.on_day == TODAY - WEEK
        end = the_row(course, meeting).end
        assert (end.on, end.noted_on) == (TODAY - WEEK, TODAY)

    def test_not_in_the_future_not_twice_and_not_with_nobody(self, course):
        meeting = a_meeting(course)
        said = {"space": course.space, "meeting": meeting.pk, "today": TODAY}
        come = everybody(course, meeting)
        away = everybody(course, meeting, Presence.ABSENT)
        refused(
            course.anna,
            actions.close_meeting,
            "not been held yet",
            held_on=TODAY + WEEK,
            presence=come,
            **said,
        )
        refused(course.anna, actions.close_meeting, "Somebody must", held_on=TODAY, presence=away, **said)
        held(course, meeting)
        refused(course.anna, actions.close_meeting, "held already", held_on=TODAY, presence=come, **said)
        assert len(facts(course, "meeting.held")) == 1

    def test_beginning_twice_is_one_beginning(self, course):
        meeting = a_meeting(course)
        said = {"space": course.space, "meeting": meeting.pk, "today": TODAY}
        for presence in (Presence.HERE, Presence.REMOTE):
            come = everybody(course, meeting, presence)
            with acting(course.anna):
                actions.begin_meeting(actor=course.anna, presence=come, now=clock.now(), **said)
        whole = the_whole(course, meeting)
        assert whole.sitting is not None
        assert {one.presence for one in whole.row.guests} == {Presence.REMOTE}

    def test_not_agreeing_says_who_said_what(self, course):
        meeting = a_meeting(course)
        point = a_point(course, meeting)
        said = {"space": course.space, "meeting": meeting.pk, "point": point, "text": "Alma må ringe."}
        refused(course.anna, actions.add_decision, "who said what", is_agreed=False, voices="", **said)
        with acting(course.anna):
            actions.add_decision(actor=course.anna, is_agreed=False, voices="Far siger nej.", **said)
        [row] = [one for one in the_whole(course, meeting).points if one.thread == point]
        assert [one.is_agreed for one in row.decisions] == [False]

    def test_what_is_decided_is_about_whom_its_point_is_about(self, course):
        other = another_sector(course)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        meeting = a_meeting(course, "kickoff", other)
        point = a_point(course, meeting, "Fars plan", wished_person=course.father)
        with acting(course.anna):
            actions.add_decision(
                actor=course.anna,
                space=course.space,
                meeting=meeting.pk,
                point=point,
                text="Far ringer til Karim.",
                is_agreed=True,
                voices="",
            )
        whole = the_whole(course, meeting, other)
        assert not whole.loose
        assert not [one for row in whole.points for one in row.decisions]


class TestTasks:
    def task(self, course, meeting, guest, **fields):
        return {
            "space": course.space,
            "meeting": meeting.pk,
            "invitation": the_invitation(course, meeting, guest),
            "what": "Viser Alma planen.",
            "due_on": TODAY + WEEK,
            "wants_to": False,
            "today": TODAY,
            **fields,
        }

    def test_one_for_each_adult(self, course):
        meeting = a_meeting(course)
        father = Guest(person=course.father)
        with acting(course.anna):
            made = actions.give_task(actor=course.anna, **self.task(course, meeting, father))
        assert made.meeting == meeting.pk
        assert len(facts(course, "agreement.made")) == 1
        refused(course.anna, actions.give_task, "One task for each", **self.task(course, meeting, father))
        with acting(course.anna):
            anna = Guest(post=course.anna.membership_id)
            actions.give_task(actor=course.anna, **self.task(course, meeting, anna))
        assert len(the_whole(course, meeting).tasks) == 2

    def test_a_child_takes_one_only_if_it_wants_to(self, course):
        meeting = a_meeting(course)
        alma = Guest(person=course.alma)
        refused(course.anna, actions.give_task, "only if they want to", **self.task(course, meeting, alma))
        assert not facts(course, "agreement.made")
        with acting(course.anna):
            actions.give_task(actor=course.anna, **self.task(course, meeting, alma, wants_to=True))
        assert len(the_whole(course, meeting).tasks) == 1

    def test_somebody_of_the_network_holds_one_by_name_and_only_one(self, course):
        meeting = a_meeting(course)
        inge = Guest(name=NETWORK)
        with acting(course.anna):
            made = actions.give_task(actor=course.anna, **self.task(course, meeting, inge))
        assert (made.name, made.post_id, made.person_id) == (NETWORK, None, None)
        whole = the_whole(course, meeting)
        assert whole.task_of(inge).agreement == made
        assert whole.task_of(Guest(name="Onkel Ole")) is None
        refused(course.anna, actions.give_task, "One task for each", **self.task(course, meeting, inge))


class TestMinutes:
    def test_are_shared_after_the_meeting_and_once(self, course):
        meeting = a_meeting(course)
        with pytest.raises(Refused, match="Close the meeting"):
            shared(course, meeting)
        held(course, meeting)
        shared(course, meeting)
        assert facts(course, "minutes.shared")[0].attributes == {"meeting": str(meeting.pk)}
        with pytest.raises(Refused, match="shared already"):
            shared(course, meeting)

    def test_are_amended_with_a_reason_and_the_old_ones_stay(self, course):
        meeting = a_meeting(course)
        held(course, meeting)
        first = shared(course, meeting)
        said = {
            "space": course.space,
            "meeting": meeting.pk,
            "based_on": first.pk,
            "text": "Vi blev enige om to ting.",
            "today": TODAY,
            "now": clock.now(),
        }
        refused(course.anna, actions.amend_minutes, "Write why", reason="", **said)
        with acting(course.anna):
            actions.amend_minutes(actor=course.anna, reason="Der stod tre.", **said)
        newest, before = the_row(course, meeting).versions
        assert (newest.version, before.version) == (2, 1)
        assert newest.reason == "Der stod tre."
        refused(course.anna, actions.amend_minutes, "meanwhile", reason="Igen", **said)

    def test_colleagues_learn_how_many_have_read_and_never_who(self, course):
        teacher = takes_part(course, course.teacher())
        outsider = takes_part(course, a_team_member(course.space))
        meeting = a_meeting(course, "kickoff", teacher)
        held(course, meeting)
        shared(course, meeting)
        for reader in (teacher, teacher, outsider):
            with acting(reader):
                actions.mark_read(actor=reader, space=course.space, meeting=meeting.pk, now=clock.now())
        whole = the_whole(course, meeting)
        assert (whole.read, whole.readers, whole.is_read) == (1, 2, False)
        with acting(course.anna):
            assert list(sight.visible(ReadReceipt.objects.filter(space=course.space))) == []
        assert the_whole(course, meeting, teacher).is_read

    def test_the_number_is_for_those_who_take_part(self, course):
        meeting = a_meeting(course)
        held(course, meeting)
        minutes = shared(course, meeting)
        with acting(course.anna):
            actions.mark_read(actor=course.anna, space=course.space, meeting=meeting.pk, now=clock.now())
            assert queries.meetings._read(minutes) == 1
        with acting(a_stranger()):
            assert queries.meetings._read(minutes) == 0


class TestModel:
    """VIA Family asks for a kickoff, status meetings and a closing meeting: these actions show them done."""

    @pytest.mark.parametrize(
        ("kind", "step", "opened", "held_on"),
        [
            ("kickoff", "kickoff-meeting", 40, 20),
            ("status", "status-meeting", 130, 5),
            ("closing", "closing-meeting", 725, 0),
        ],
    )
    def test_a_meeting_held_does_its_step(self, kind, step, opened, held_on):
        course = a_course(opened_on=TODAY - timedelta(days=opened))
        if kind == "status":
            kickoff = a_meeting(course, "kickoff", on=TODAY - timedelta(days=100))
            held(course, kickoff, TODAY - timedelta(days=100))
        with acting(course.anna):
            head = course_head(course.anna, course.space, TODAY)
            asked = queries.candidates(course.anna, head, TODAY)
        assert kind in {one.kind for one in asked}
        day = TODAY - timedelta(days=held_on)
        held(course, a_meeting(course, kind, on=day), day)
        with acting(course.anna):
            rows = due_rows(course.anna, course.course, TODAY)
        done = [one for one in rows if one.step == step and one.done_on == day]
        assert [one.state for one in done] == [State.DONE if kind != "kickoff" else done[0].state]
        assert done[0].state in (State.DONE, State.DONE_LATE)

    def test_its_kinds_are_those_of_the_steps(self, course):
        from samspil.collaboration.meetings import rules

        with acting(course.anna):
            head = course_head(course.anna, course.space, TODAY)
        assert list(rules.kinds_of(head.programme)) == ["advice", "kickoff", "status", "closing", "other"]


class TestCost:
    def test_lists_cost_the_same_with_one_meeting_and_with_five(self, course, django_assert_num_queries):
        def asked(question):
            from django.db import connection
            from django.test.utils import CaptureQueriesContext

            with acting(course.anna), CaptureQueriesContext(connection) as found:
                question()
            return len(found)

        questions = (
            lambda: queries.meetings_of(course.anna, course.space),
            lambda: queries.meetings_ahead(course.anna, TODAY),
        )
        a_meeting(course)
        before = [asked(one) for one in questions]
        for kind in ("status", "other", "advice", "closing"):
            a_meeting(course, kind)
        assert [asked(one) for one in questions] == before
        assert before[0] <= 9
        assert before[1] <= 13
