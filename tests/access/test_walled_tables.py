"""A table of content behind the wall, as `docs/how-to/add-a-walled-table.md` makes one."""

from uuid import UUID

import pytest
from django.db import Error, connection, transaction
from django.db.models import Count

from samspil.foundation.access import actions, sight, wall
from samspil.foundation.access.models import Item
from samspil.foundation.access.querysets import Unlogged
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category, HolderKind, RelationKind
from samspil.foundation.organisations.models import Authority
from tests.access.example.models import Note
from tests.factories.access import (
    a_relation,
    a_space,
    a_stranger,
    a_subject,
    a_team_member,
    acting,
    an_actor,
    an_item,
)
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db


class Course:
    def __init__(self) -> None:
        self.anna = an_actor()
        self.child, self.space = a_subject(self.anna), a_space(self.anna)

    def write(self, actor: Actor, *, kind: str = "note", released: bool = True, **fields: object) -> Note:
        with acting(actor):
            item = actions.new_item(
                actor=actor,
                kind=kind,
                category=Category.EVERYDAY,
                subjects=[self.child],
                space=self.space,
                released=released,
            )
            given = {"authority_id": actor.authority_id, "subject_id": self.child, "text": "x", **fields}
            return Note.objects.create(item_id=item, **given)


@pytest.fixture
def course(db: None) -> Course:
    return Course()


def seen(actor: Actor) -> set[UUID]:
    with acting(actor):
        return {note.pk for note in Note.objects.all()}


class TestWriting:
    def test_ones_own_item_and_who_sees_it(self, course: Course) -> None:
        note = course.write(course.anna)

        assert seen(course.anna) == seen(a_team_member(of=course.space)) == {note.pk}
        assert seen(a_stranger()) == set()

    def test_a_draft_is_its_authors_alone_until_it_is_released(self, course: Course) -> None:
        note, bo = course.write(course.anna, released=False), a_team_member(of=course.space)
        assert seen(bo) == set()
        assert seen(course.anna) == {note.pk}

        with acting(course.anna):
            actions.release(actor=course.anna, item=note.pk)
        assert seen(bo) == {note.pk}

    @pytest.mark.parametrize("flaw", ["kind", "authority", "subject", "supersedes", "twice"])
    def test_what_does_not_fit_the_item_is_refused(self, course: Course, flaw: str) -> None:
        other = a_stranger()
        theirs = an_item(other, a_subject(other))
        with as_owner():
            Note.objects.create(
                item_id=theirs, authority_id=other.authority_id, subject_id=a_subject(other), text=""
            )
            foreign = Authority.objects.create(kind="region", name="En anden").pk
        fields: dict[str, object] = {
            "kind": {"kind": "goal"},
            "authority": {"authority_id": foreign},
            "subject": {"subject_id": a_subject(course.anna)},
            "supersedes": {"supersedes_id": theirs},
            "twice": {},
        }[flaw]
        with pytest.raises(Error):  # noqa: PT012  the first of the two refuses, or else the second
            note = course.write(course.anna, **fields)  # type: ignore[arg-type]
            with acting(course.anna):
                Note.objects.create(
                    item_id=note.pk, authority_id=course.anna.authority_id, subject_id=course.child
                )

    def test_a_colleague_of_another_authority_reads_but_does_not_change(self, course: Course) -> None:
        note, bo = course.write(course.anna), a_stranger()
        a_relation(bo, RelationKind.TEAM, space=course.space)
        a_relation(
            bo.unit_id,  # type: ignore[arg-type]
            RelationKind.CONSENT,
            subject=course.child,
            holder_kind=HolderKind.UNIT,
        )
        assert seen(bo) == {note.pk}

        with acting(bo):
            assert Note.objects.filter(pk=note.pk).update(text="overskrevet") == 0
        with acting(course.anna):
            assert Note.objects.filter(pk=note.pk).update(text="rettet") == 1

    def test_nothing_is_deleted(self, course: Course) -> None:
        note = course.write(course.anna)

        with pytest.raises(Error), acting(course.anna):
            Note.objects.filter(pk=note.pk).delete()

    def test_an_item_cannot_change_hands(self, course: Course) -> None:
        note, bo = course.write(course.anna), a_stranger()
        theirs = an_item(bo, a_subject(bo))

        with pytest.raises(Error), acting(course.anna):
            Note.objects.filter(pk=note.pk).update(item=theirs)


class TestLeavingATrace:
    def collected(self, actor: Actor, act: object) -> log.Collector:
        from samspil.foundation.access.collector import collecting

        collector = log.Collector(route="", act="")
        with acting(actor), collecting() as notes, log.collecting(collector):
            act()  # type: ignore[operator]
            sight.report(notes)
        return collector

    @pytest.mark.parametrize("joined", [True, False])
    def test_who_was_shown_is_noted_however_it_was_loaded(self, course: Course, joined: bool) -> None:
        course.write(course.anna)
        rows = sight.visible(Note.objects.all()) if joined else Note.objects.all()

        collector = self.collected(course.anna, lambda: list(rows))

        assert [(s.subject, s.owner, s.categories) for s in collector.shown] == [
            (course.child, course.anna.authority_id, Category.EVERYDAY)
        ]

    @pytest.mark.parametrize(
        "way",
        [
            lambda rows: rows.count(),
            lambda rows: rows.exists(),
            lambda rows: list(rows.values("text")),
            lambda rows: list(rows.values_list("text")),
            lambda rows: rows.aggregate(n=Count("pk")),
            lambda rows: rows.contains(Note(pk=UUID(int=1))),
            lambda rows: list(rows.iterator()),
            lambda rows: rows.explain(analyze=True),
        ],
    )
    def test_what_would_leave_none_is_refused(self, course: Course, way: object) -> None:
        rows = sight.visible(Note.objects.all())
        with pytest.raises(Unlogged), acting(course.anna):
            way(rows)  # type: ignore[operator]

    def test_a_count_says_what_was_asked(self, course: Course) -> None:
        course.write(course.anna)
        rows = sight.visible(Note.objects.filter(item__space=course.space), criterion="notes of a course")

        collector = self.collected(course.anna, lambda: rows.filter(text="x").count())

        assert collector.criterion == "notes of a course"

    def test_only_what_stands_behind_the_wall_is_asked_so(self) -> None:
        with pytest.raises(TypeError):
            sight.visible(Authority.objects.all())


class TestTheGuard:
    @pytest.mark.parametrize("table", ["access_item", "access_ledger", "example_note", "access_subject"])
    def test_a_query_without_a_context_raises(self, table: str) -> None:
        with pytest.raises(wall.NoContext), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table}")

    def test_beneath_it_the_policies_refuse(self, course: Course) -> None:
        course.write(course.anna)
        with pytest.raises(Error), transaction.atomic(), wall.unguarded(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM example_note")

    def test_an_action_for_somebody_else_than_who_stands_there_is_a_defect(self, course: Course) -> None:
        with pytest.raises(ValueError, match="stands before"), acting(a_stranger()):
            actions.new_space(actor=course.anna)


def test_why_not_has_words(course: Course) -> None:
    """The reasons, in Danish, for one item and six people."""
    from django.utils import translation

    note = course.write(course.anna)
    with as_owner():
        item = Item.objects.get(pk=note.pk)
    teacher = a_stranger()
    a_relation(teacher, RelationKind.TEAM, space=course.space, categories=Category.SCHOOL)
    receiver = a_stranger()
    a_relation(receiver, RelationKind.TEAM, space=course.space)
    said = {}
    with translation.override("da"):
        for name, who in {
            "anna": course.anna,
            "stranger": a_stranger(),
            "teacher": teacher,
            "bo": receiver,
        }.items():
            with acting(who) as actor:
                decision = sight.why(actor, item)
                said[name] = (decision.allowed, decision.reason)
    assert said == {
        "anna": (True, "Oplysningen tilhører jeres enhed."),
        "stranger": (False, "Du er ikke med i dette forløb."),
        "teacher": (False, "Din del omfatter ikke »Hverdag«."),
        "bo": (
            False,
            "Oplysningen tilhører en anden enhed, og intet samtykke eller lovgrundlag dækker jeres.",
        ),
    }


def test_every_refusal_of_the_wall_has_danish_words() -> None:
    """The functions answer in English; the page says it in the reader's language."""
    import re

    from babel.messages.pofile import read_po

    from samspil.foundation.access.migrations._sql import FOLDER, text_of

    said = set(re.findall(r"(?:refuse\(|RETURN |ELSE |THEN )'([A-Z][^']+\.)'", text_of("3_functions.sql")))
    assert len(said) > 30
    with (FOLDER.parent / "locale/da/LC_MESSAGES/django.po").open("rb") as file:
        known = {message.id for message in read_po(file) if message.string}
    assert said <= known, said - known
