"""The tests of the wall bite: on a twin that is broken on purpose, each of them is red."""

import pytest

from samspil.collaboration.journal import queries, rules
from samspil.collaboration.journal.actions import child_views, documents, notes
from samspil.foundation.access import actions as access
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_team_member, acting
from tests.factories.journal import (
    a_child_view,
    a_document,
    a_note,
    a_regional_course,
    a_yes,
    another_sector,
    takes_part,
    the_paper,
)

pytestmark = pytest.mark.django_db


def nobody_else_sees_what_a_child_has_not_shown() -> None:
    course = a_regional_course()
    a_child_view(course)
    colleague = takes_part(course, a_team_member(course.space, RoleKey.CLINICIAN))
    with acting(colleague):
        assert queries.child_views(colleague, course.space) == []


def a_teacher_reads_no_sign_of_illness() -> None:
    course = a_regional_course()
    assert "signs" not in the_paper(course, a_document(course), course.teacher()).data


def a_note_about_two_needs_a_basis_for_both() -> None:
    course = a_regional_course()
    a_note(course, course.alma, course.father)
    signe = another_sector(course)
    a_yes(course, signe, course.alma, categories=Category.EVERYDAY)
    with acting(signe):
        assert queries.notes_of(signe, course.space) == []


def released_at_once(**words):
    return access.new_item(**{**words, "released": True})


def about_the_first_alone(**words):
    return access.new_item(**{**words, "subjects": list(words["subjects"])[:1]})


def all_in_one(edition, data, person, people):
    return [rules.Part(Category.EVERYDAY, frozenset({person}), dict(data))]


class Twin:
    """The wall's actions, but for one."""

    def __init__(self, new_item) -> None:
        self.new_item = new_item

    def __getattr__(self, name: str):
        return getattr(access, name)


CASES = [
    (nobody_else_sees_what_a_child_has_not_shown, child_views, "access", Twin(released_at_once)),
    (a_note_about_two_needs_a_basis_for_both, notes, "access", Twin(about_the_first_alone)),
    (a_teacher_reads_no_sign_of_illness, documents.rules, "parts_of", all_in_one),
]


@pytest.mark.parametrize(
    ("check", "module", "name", "twin"), CASES, ids=lambda one: getattr(one, "__name__", "")
)
def test_green_as_it_is_and_red_on_the_broken_twin(check, module, name, twin, monkeypatch):
    check()
    monkeypatch.setattr(module, name, twin)
    with pytest.raises(AssertionError):
        check()
