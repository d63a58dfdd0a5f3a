"""Several courses for one family: what pulls apart, what is too much, what could be one meeting."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from samspil.collaboration.courses.rules import together as rules
from samspil.collaboration.courses.rules.together import Aim, Gathering

HERE, THERE = uuid4(), uuid4()
ALMA, BO = uuid4(), uuid4()
DAY = date(2026, 3, 2)


def aim(course: UUID, words: str, who: UUID = ALMA) -> Aim:
    return Aim(course, words, frozenset({who}))


def gathering(course: UUID, days: int) -> Gathering:
    return Gathering(course, uuid4(), DAY + timedelta(days=days))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Alma er mere i skole", "Alma er mindre i skole, til hun har det bedre", "apart"),
        ("Alma bor hjemme", "Alma får en anbringelse tæt på sit hjem", "apart"),
        ("Alma starter i praktik", "Alma slutter i praktik til sommer", "apart"),
        ("Alma kommer i skole hver dag", "Vi taler med læreren hver uge", "alike"),
        ("Alma sover om natten", "Alma er glad for sin skole", ""),
        ("En rolig hverdag", "Tid til hinanden", ""),
    ],
)
def test_two_goals_about_the_same_person(one: str, other: str, kind: str) -> None:
    for first, second in ((one, other), (other, one)):
        found = rules.pulling_apart([aim(HERE, first), aim(THERE, second)])
        assert [hint.kind for hint in found] == ([kind] if kind else [])


def test_goals_of_one_course_or_of_two_people_do_not_pull_apart() -> None:
    more, less = "Mere i skole", "Mindre i skole"
    assert rules.pulling_apart([aim(HERE, more), aim(HERE, less)]) == []
    assert rules.pulling_apart([aim(HERE, more), aim(THERE, less, BO)]) == []


def test_the_reason_names_the_two_words() -> None:
    with translation.override("da"):
        [hint] = rules.pulling_apart([aim(HERE, "Mere i skole"), aim(THERE, "Mindre i skole")])
        assert hint.reason == "Det ene siger »mere«, det andet »mindre« om den samme person."


def test_more_than_five_goals_in_all() -> None:
    aims = [aim(HERE if n % 2 else THERE, f"Mål {n}") for n in range(6)]
    assert rules.too_many(aims[:5]) == []
    assert [hint.kind for hint in rules.too_many(aims)] == ["many"]


@pytest.mark.parametrize(
    ("here", "there", "kinds"),
    [
        ((3,), (3,), ["same-day"]),
        ((3,), (9,), []),
        ((0, 14), (27,), ["often"]),
        ((0, 14), (28,), []),
        ((0, 7, 14), (), []),  # one course's own rhythm is that course's
    ],
)
def test_meeting_load(here: tuple[int, ...], there: tuple[int, ...], kinds: list[str]) -> None:
    ahead = [*(gathering(HERE, n) for n in here), *(gathering(THERE, n) for n in there)]
    assert [hint.kind for hint in rules.hints([], ahead)] == kinds
    assert [hint.kind for hint in rules.hints([], ahead[::-1])] == kinds


def test_two_meetings_close_together_could_be_one() -> None:
    first, second, later = gathering(HERE, 1), gathering(THERE, 9), gathering(THERE, 40)
    assert rules.could_be_one([later, second, first]) == (first, second)
    assert rules.could_be_one([first, later]) is None
    assert rules.could_be_one([first, gathering(HERE, 2)]) is None
