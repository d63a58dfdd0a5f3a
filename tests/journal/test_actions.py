"""Notes, views and documents: the act, the refusal, the stranger, and what the wall says of each."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from samspil.collaboration.courses import queries as courses
from samspil.collaboration.journal import actions, queries
from samspil.collaboration.journal.actions import putting_away
from samspil.collaboration.journal.models import (
    Document,
    DocumentPart,
    Heard,
    Note,
    NoteKind,
    Sector,
    SentKind,
    ShowAnswer,
)
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Authority
from tests.factories.access import a_stranger, a_subject, a_team_member, acting
from tests.factories.courses import TODAY, ACourse
from tests.factories.journal import (
    ADULT,
    CHILD,
    a_child_view,
    a_document,
    a_note,
    a_regional_course,
    a_yes,
    another_sector,
    takes_part,
    the_paper,
)
from tests.factories.organisations import a_unit
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def course() -> ACourse:
    return a_regional_course()


def kinds(course: ACourse) -> list[str]:
    with acting(course.anna) as anna:
        return [row.kind for row in courses.timeline(anna, course.space)]


class TestNote:
    def test_stands_in_the_journal_in_the_writers_name(self, course):
        note = a_note(course)
        with acting(course.anna) as anna:
            [found] = queries.notes_of(anna, course.space)
        assert (found.pk, found.by_id, found.text) == (
            note.pk,
            anna.membership_id,
            "Alma er glad for sin klasse.",
        )

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"text": "  "}, "Write what there is"),
            ({"text": "a\x00b"}, "cannot be shown"),
            ({"text": "x" * 1_000_000}, "too long"),
            ({"on": TOMORROW}, "not happened yet"),
        ],
    )
    def test_what_cannot_be_is_refused(self, course, fields, why):
        with pytest.raises(Refused, match=why):
            a_note(course, **fields)
        with as_owner():
            assert not list(Note.objects.all())

    def test_is_about_people_of_the_course(self, course):
        with pytest.raises(Refused, match="not part"):
            a_note(course, a_subject(course.anna))

    def test_is_closed_to_strangers_and_to_what_one_does_not_work_with(self, course):
        with pytest.raises(NotAllowed):
            a_note(course, by=a_stranger())
        with pytest.raises(NotAllowed):
            a_note(course, by=course.teacher(), category=Category.HEALTH)

    def test_is_masked_by_category(self, course):
        everyday, health = a_note(course), a_note(course, course.father, category=Category.HEALTH)
        with acting(course.teacher()) as teacher:
            assert [one.pk for one in queries.notes_of(teacher, course.space)] == [everyday.pk]
        with acting(course.anna) as anna:
            assert {one.pk for one in queries.notes_of(anna, course.space)} == {everyday.pk, health.pk}

    def test_another_unit_sees_it_on_a_basis_for_each_subject(self, course):
        signe = another_sector(course)
        of_alma, of_both = a_note(course), a_note(course, course.alma, course.father)
        with acting(signe):
            assert queries.notes_of(signe, course.space) == []
        a_yes(course, signe, course.alma, categories=Category.EVERYDAY)
        with acting(signe):
            assert [one.pk for one in queries.notes_of(signe, course.space)] == [of_alma.pk]
        a_yes(course, signe, course.father, categories=Category.EVERYDAY)
        with acting(signe):
            assert {one.pk for one in queries.notes_of(signe, course.space)} == {of_alma.pk, of_both.pk}


class TestCorrectNote:
    def test_puts_a_new_text_in_its_place_and_keeps_the_old(self, course):
        note = a_note(course)
        with acting(course.anna) as anna:
            actions.correct_note(
                actor=anna, note=note, text="Alma er ked af sin klasse.", reason="Hørt forkert"
            )
            [now] = queries.notes_of(anna, course.space)
            assert (now.text, now.reason) == ("Alma er ked af sin klasse.", "Hørt forkert")
            assert (now.item.category, now.item.subjects) == (note.item.category, [course.alma])
            assert [one.text for one in queries.history_of(anna, now)] == [note.text]

    def test_asks_why_and_for_a_difference(self, course):
        note = a_note(course)
        with acting(course.anna) as anna:
            with pytest.raises(Refused, match="why"):
                actions.correct_note(actor=anna, note=note, text="Andet", reason=" ")
            with pytest.raises(Refused, match="different"):
                actions.correct_note(actor=anna, note=note, text=note.text, reason="Nu")

    def test_shows_both_texts_where_somebody_was_faster(self, course):
        note = a_note(course)
        with acting(course.anna) as anna:
            seen = version_of(note)
            actions.correct_note(actor=anna, note=note, text="Først", reason="Fejl", seen=seen)
            with pytest.raises(Conflict) as found:
                actions.correct_note(actor=anna, note=note, text="Sidst", reason="Fejl", seen=seen)
        assert found.value.theirs == {"text": "Først"}

    def test_another_unit_is_asked_to_do_it_itself(self, course):
        note = a_note(course)
        signe = another_sector(course)
        a_yes(course, signe, course.alma, categories=Category.EVERYDAY)
        with acting(signe), pytest.raises(NotAllowed, match="Another unit"):
            actions.correct_note(actor=signe, note=note, text="Andet", reason="Fejl")

    def test_moved_to_another_matter_leaves_nothing_for_those_who_read_it_in_the_wrong_place(self, course):
        note = a_note(course, text="Mors medicin er sat op.")
        teacher = takes_part(course, course.teacher())
        with acting(teacher):
            assert len(queries.notes_of(teacher, course.space)) == 1
        with acting(course.anna) as anna:
            said = {"text": note.text, "reason": "Det er helbred.", "category": Category.HEALTH}
            moved = actions.correct_note(actor=anna, note=note, **said)
            assert [one.pk for one in queries.notes_of(anna, course.space)] == [moved.pk]
            assert [one.pk for one in queries.history_of(anna, moved)] == [note.pk]
        with acting(teacher):
            assert queries.notes_of(teacher, course.space) == []
            assert queries.visible_notes(teacher).filter(pk=note.pk).first() is None

    def test_only_what_is_corrected_is_put_away(self, course):
        note = a_note(course)
        with acting(course.anna), pytest.raises(DatabaseError), transaction.atomic():
            putting_away.put_away(note.pk)
        with acting(course.anna) as anna:
            assert len(queries.notes_of(anna, course.space)) == 1

    def test_the_database_lets_no_text_be_changed(self, course):
        note = a_note(course)
        with acting(course.anna), pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.filter(pk=note.pk).update(text="Noget andet")


class TestChildView:
    def test_is_the_hearers_alone_until_the_child_says_yes(self, course):
        view = a_child_view(course)
        colleague = takes_part(course, a_team_member(course.space, RoleKey.CLINICIAN))
        with acting(colleague):
            assert queries.child_views(colleague, course.space) == []
            assert "child_view.recorded" in [row.kind for row in courses.timeline(colleague, course.space)]
        with acting(course.anna) as anna:
            assert [one.pk for one in queries.child_views(anna, course.space)] == [view.pk]
            actions.show_child_view(actor=anna, view=view, answer=ShowAnswer.YES, asked_on=TODAY, today=TODAY)
        with acting(colleague):
            [shown] = queries.child_views(colleague, course.space, course.alma)
        assert (shown.answer, shown.asked_on) == (ShowAnswer.YES, TODAY)

    def test_a_no_is_written_down_and_may_become_a_yes(self, course):
        view = a_child_view(course, answer=ShowAnswer.NO)
        with acting(course.teacher()) as teacher:
            assert queries.child_views(teacher, course.space) == []
        with acting(course.anna) as anna:
            actions.show_child_view(actor=anna, view=view, answer=ShowAnswer.YES, asked_on=TODAY, today=TODAY)
            with pytest.raises(Refused, match="already"):
                actions.show_child_view(
                    actor=anna, view=view, answer=ShowAnswer.NO, asked_on=TODAY, today=TODAY
                )
        with acting(course.teacher()) as teacher:
            assert len(queries.child_views(teacher, course.space)) == 1

    def test_wrong_words_are_taken_back_from_all_and_the_child_is_asked_anew(self, course):
        view = a_child_view(course, answer=ShowAnswer.YES)
        teacher = takes_part(course, course.teacher())
        with acting(teacher):
            assert len(queries.child_views(teacher, course.space)) == 1
        with acting(course.anna) as anna:
            said = {"words": "Jeg ved godt, hvem jeg må ringe til.", "own_words": True}
            made = actions.correct_child_view(actor=anna, view=view, reason="Hørt forkert", **said)
            assert (made.answer, made.on, made.person_id) == (ShowAnswer.NOT_ASKED, view.on, view.person_id)
            assert [one.pk for one in queries.child_views(anna, course.space)] == [made.pk]
            assert [one.pk for one in queries.earlier_child_views(anna, made)] == [view.pk]
            with pytest.raises(Conflict):
                actions.correct_child_view(actor=anna, view=view, reason="Igen", **said)
        with acting(teacher):
            assert queries.child_views(teacher, course.space) == []
            assert queries.visible_child_views(teacher).filter(pk=view.pk).first() is None
        with acting(course.anna) as anna:
            actions.show_child_view(actor=anna, view=made, answer=ShowAnswer.YES, asked_on=TODAY, today=TODAY)
        with acting(teacher):
            assert [one.pk for one in queries.child_views(teacher, course.space)] == [made.pk]
        assert kinds(course).count("child_view.recorded") == 1

    def test_only_who_heard_the_child_corrects_it(self, course):
        view = a_child_view(course, answer=ShowAnswer.YES)
        colleague = takes_part(course, a_team_member(course.space, RoleKey.CLINICIAN))
        said = {"words": "Andet", "own_words": True, "reason": "Fejl"}
        with acting(colleague), pytest.raises(NotAllowed):
            actions.correct_child_view(actor=colleague, view=view, **said)

    def test_only_who_heard_the_child_shows_it(self, course):
        view = a_child_view(course)
        with acting(course.teacher()) as teacher, pytest.raises(NotAllowed):
            actions.show_child_view(
                actor=teacher, view=view, answer=ShowAnswer.YES, asked_on=TODAY, today=TODAY
            )

    def test_words_about_somebody_else_need_that_ones_basis_too(self, course):
        signe = another_sector(course)
        a_yes(course, signe, course.alma, categories=Category.EVERYDAY)
        own = a_child_view(course, answer=ShowAnswer.YES)
        a_child_view(course, answer=ShowAnswer.YES, words="Far sover hele dagen.", mentions=[course.father])
        with acting(signe):
            assert [one.pk for one in queries.child_views(signe, course.space)] == [own.pk]

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"words": ""}, "Write what"),
            ({"words": "a\x00"}, "cannot be shown"),
            ({"on": TOMORROW}, "not happened"),
            ({"answer": ShowAnswer.YES, "asked_on": TODAY - timedelta(days=3)}, "before the talk"),
            ({"answer": ShowAnswer.YES, "asked_on": TOMORROW}, "which day"),
        ],
    )
    def test_what_cannot_be_is_refused_whole(self, course, fields, why):
        with pytest.raises(Refused, match=why):
            a_child_view(course, **fields)
        assert "child_view.recorded" not in kinds(course)

    def test_is_closed_to_strangers(self, course):
        with pytest.raises(NotAllowed):
            a_child_view(course, by=a_stranger(), how=Heard.LETTER)


class TestDocument:
    def test_a_parents_signs_are_an_item_of_their_own(self, course):
        document = a_document(course)
        with as_owner():
            [home, signs] = sorted(
                DocumentPart.objects.select_related("item"), key=lambda part: part.item.category
            )
            assert (signs.item.category, signs.item.subjects) == (Category.HEALTH, [course.father])
            assert set(signs.data) == {"signs"}
            assert (home.item.category, set(home.item.subjects)) == (
                Category.EVERYDAY,
                {course.alma, course.father},
            )
            assert set(document.data) == {"tasks", "tells"}

    def test_a_teacher_reads_who_does_what_but_no_sign(self, course):
        document = a_document(course)
        seen = the_paper(course, document, course.teacher())
        assert set(seen.data) == {"tasks", "tells", "children"}
        assert "signs" in the_paper(course, document).data

    def test_another_unit_reads_each_part_on_its_own_basis(self, course):
        signe, document = another_sector(course), a_document(course)
        with acting(signe):
            assert queries.documents_of(signe, course.space) == []
        a_yes(course, signe, course.father, categories=Category.EVERYDAY)
        assert set(the_paper(course, document, signe).data) == {"tasks", "tells"}
        a_yes(course, signe, course.father, categories=Category.HEALTH)
        assert set(the_paper(course, document, signe).data) == {"tasks", "tells", "signs"}

    def test_the_childs_version_holds_nothing_of_the_parents_health(self, course):
        document = a_document(course, audience="child")
        seen = the_paper(course, document)
        assert set(seen.document.item.subjects) == {course.alma, course.father}
        with as_owner():
            assert not list(DocumentPart.objects.all())
        with acting(course.anna) as anna, pytest.raises(Refused, match="no field »signs«"):
            actions.complete_document(
                actor=anna,
                space=course.space,
                tool="safety-plan",
                audience="child",
                person=course.alma,
                data={**CHILD, "signs": ADULT["signs"]},
                on=TODAY,
                today=TODAY,
                supersedes=document.pk,
            )

    def test_a_draft_is_the_authors_alone_and_empty_when_it_is_done(self, course):
        with acting(course.anna) as anna:
            save = {"actor": anna, "space": course.space, "tool": "safety-plan", "audience": "adult"}
            draft = actions.save_document(**save, person=course.father, data={"tells": "Far"}, on=TODAY)
            again = actions.save_document(**save, person=course.father, data={"tells": "Far selv"}, on=TODAY)
            assert again.pk == draft.pk
            assert queries.own_drafts(anna, course.space)[0].data == {"tells": "Far selv"}
            assert queries.documents_of(anna, course.space) == []
        with acting(course.teacher()) as teacher:
            assert queries.own_drafts(teacher, course.space) == []
        a_document(course)
        with acting(course.anna) as anna:
            assert queries.own_drafts(anna, course.space) == []
        with as_owner():
            assert Document.objects.get(pk=draft.pk).data == {}

    def test_a_new_version_takes_the_place_of_the_one_it_began_from(self, course):
        first = a_document(course)
        with pytest.raises(Refused, match="newer one"):
            a_document(course)
        second = a_document(course, supersedes=first.pk)
        with acting(course.anna) as anna:
            [now] = queries.documents_of(anna, course.space)
            found = queries.newest_document(anna, course.space, "safety-plan", "adult", course.father)
        assert now.document.pk == second.pk == found.document.pk

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            ({}, "Fill in"),
            ({**ADULT, "tasks": [{"who": "Inge"}]}, "Fill in"),
            ({**ADULT, "tasks": "Inge"}, "list"),
            ({**ADULT, "tells": "x" * 1_000_000}, "cannot be read"),
            ({**ADULT, "tells": "a\x00"}, "cannot be read"),
            ({**ADULT, "tasks": [{"who": "I", "what": "b", "phone": "ring til mig"}]}, "cannot be read"),
            ({**ADULT, "unknown": "x"}, "no field"),
        ],
    )
    def test_what_the_tool_does_not_describe_is_refused(self, course, data, why):
        with pytest.raises(Refused, match=why):
            a_document(course, data=data)
        with as_owner():
            assert not list(Document.objects.all())

    def test_is_made_for_those_it_is_made_for(self, course):
        with pytest.raises(Refused, match="not made for"):
            a_document(course, person=course.mother)
        with pytest.raises(Refused, match="no such tool"), acting(course.anna) as anna:
            actions.complete_document(
                actor=anna, space=course.space, tool="nothing", audience="adult",
                person=course.alma, data={}, on=TODAY, today=TODAY,
            )  # fmt: skip

    def test_is_closed_to_strangers(self, course):
        with pytest.raises(NotAllowed):
            a_document(course, by=a_stranger())

    def test_a_teacher_cannot_write_what_she_may_not_see(self, course):
        with pytest.raises(NotAllowed):
            a_document(course, by=course.teacher())


class TestShare:
    def share(self, course, document, audience, actor=None, **fields):
        found = the_paper(course, document)
        with acting(actor or course.anna) as somebody:
            return actions.share_document(
                actor=somebody, paper=found, audience=audience, on=TODAY, today=TODAY, **fields
            )

    def test_the_childs_version_to_the_child(self, course):
        shared = self.share(course, a_document(course, audience="child"), "child")
        assert (shared.audience, shared.person_id) == ("child", course.alma)
        assert kinds(course)[0] == "tool.shared"

    def test_an_adults_plan_is_never_given_to_a_child(self, course):
        with pytest.raises(Refused, match="not given to them"):
            self.share(course, a_document(course), "child")
        assert "tool.shared" not in kinds(course)

    def test_a_sector_receives_on_a_basis(self, course):
        document, signe = a_document(course), another_sector(course)
        with pytest.raises(Refused, match="what it rests on"):
            self.share(course, document, "municipality")
        a_yes(course, signe, course.father, categories=Category.EVERYDAY)
        assert self.share(course, document, "municipality").units == [signe.unit_id]

    def test_is_closed_to_strangers(self, course):
        document = a_document(course, audience="child")
        with pytest.raises(NotAllowed):
            self.share(course, document, "child", actor=a_stranger())


class TestWhoReceives:
    def test_another_unit_of_the_own_sector_is_a_receiver_the_own_unit_is_not(self, course):
        with acting(course.anna) as anna:
            assert queries.sectors(anna, course.space, TODAY) == []
        with as_owner():
            authority = Authority.objects.get(pk=course.anna.authority_id)
            unit = a_unit(authority)
        takes_part(course, a_team_member(course.space, RoleKey.CASEWORKER, unit=unit))
        with acting(course.anna) as anna:
            assert queries.sectors(anna, course.space, TODAY) == [authority.kind]


class TestSend:
    def send(self, course, actor=None, **fields):
        said = {
            "kind": SentKind.EVENT,
            "to_sector": Sector.MUNICIPALITY,
            "category": Category.HEALTH,
            "subjects": [course.father],
            "text": "Far er udskrevet i dag.",
            **fields,
        }
        with acting(actor or course.anna) as somebody:
            return actions.send_note(actor=somebody, space=course.space, today=TODAY, **said)

    def test_goes_to_the_units_that_may_read_it(self, course):
        signe, school = another_sector(course), another_sector(course, role=RoleKey.SCHOOL_CONTACT)
        with pytest.raises(Refused, match="what it rests on"):
            self.send(course)
        for receiver in (signe, school):
            a_yes(course, receiver, course.father, categories=Category.HEALTH)
        note = self.send(course)
        assert note.units == [signe.unit_id]
        with acting(signe):
            assert [one.pk for one in queries.sent_notes(signe, course.space)] == [note.pk]
        with acting(school):
            assert queries.sent_notes(school, course.space) == []

    def test_advice_goes_to_the_family_and_says_whom_to_call(self, course):
        advice = {"kind": SentKind.ADVICE, "to_sector": Sector.FAMILY, "category": Category.EVERYDAY}
        with pytest.raises(Refused, match="whom the family can call"):
            self.send(course, **advice)
        assert self.send(course, **advice, whom_to_call="Signe Holm, 12 34 56 78").units == []
        with pytest.raises(Refused, match="Advice goes to the family"):
            self.send(course, kind=SentKind.ADVICE)

    def test_an_admission_is_never_sent_as_everyday_life(self, course):
        a_yes(course, another_sector(course), course.father, categories=Category.EVERYDAY)
        with pytest.raises(Refused, match="about health"):
            self.send(course, category=Category.EVERYDAY)

    def test_the_day_the_family_saw_it_is_asked_for(self, course):
        signe = another_sector(course)
        a_yes(course, signe, course.father, categories=Category.HEALTH)
        with pytest.raises(Refused, match="which day"):
            self.send(course, seen_by_family=True)
        assert self.send(course, seen_by_family=True, seen_on=TODAY).seen_on == TODAY

    def test_is_closed_to_strangers(self, course):
        with pytest.raises(NotAllowed):
            self.send(course, actor=a_stranger())


def test_note_kinds_have_words():
    assert all(kind.label for kind in NoteKind)
