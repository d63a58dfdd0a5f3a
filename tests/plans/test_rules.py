"""The rules of goals, plans and efforts: tables of cases, and what holds for every history."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samspil.collaboration.plans import rules
from samspil.collaboration.plans.models import EffortStep, Goal, PlanVoice
from samspil.collaboration.plans.queries import differences, newest
from samspil.collaboration.plans.rules import Happening, Voice

MONDAY = date(2026, 3, 2)
KINDS = EffortStep.Kind.values
MOVES = ("requested", "decided", "started", "ended")


def happened(*kinds: str) -> list[Happening]:
    """One thing a day, in this order."""
    return [Happening(kind, MONDAY + timedelta(days=place), "x") for place, kind in enumerate(kinds)]


class TestEfforts:
    @pytest.mark.parametrize(
        "kinds",
        [
            ("requested", "decided", "started", "changed", "followed-up", "ended"),
            ("started", "ended"),
            ("decided", "plan-ready", "started"),
            ("requested", "ended"),
            ("started", "followed-up", "followed-up", "changed"),
        ],
    )
    def test_can_go_like_this(self, kinds: Sequence[str]) -> None:
        assert rules.is_legal(happened(*kinds))

    @pytest.mark.parametrize(
        "kinds",
        [
            ("ended",),
            ("started", "requested"),
            ("started", "decided"),
            ("requested", "changed"),
            ("decided", "followed-up"),
            ("started", "ended", "started"),
            ("started", "ended", "changed"),
            ("decided", "plan-ready", "plan-ready"),
            ("started", "started"),
        ],
    )
    def test_cannot_go_like_that(self, kinds: Sequence[str]) -> None:
        assert not rules.is_legal(happened(*kinds))

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(KINDS), max_size=7), st.randoms(use_true_random=False))
    def test_the_order_of_typing_changes_nothing(self, kinds: list[str], random: object) -> None:
        history = happened(*kinds)
        shuffled = history[:]
        random.shuffle(shuffled)  # type: ignore[attr-defined]
        assert rules.is_legal(shuffled) == rules.is_legal(history)
        assert rules.standing_of(shuffled) == rules.standing_of(history)
        assert rules.in_order(shuffled) == rules.in_order(history)

    @settings(deadline=None)
    @given(st.data())
    def test_whatever_is_offered_can_be_noted_and_nothing_else(self, data: st.DataObject) -> None:
        history: list[Happening] = []
        for place in range(data.draw(st.integers(0, 6))):
            offered = rules.possible_next(history)
            if not offered:
                break
            chosen = data.draw(st.sampled_from(offered))
            history.append(Happening(chosen, MONDAY + timedelta(days=place), "x"))
        assert rules.is_legal(history)
        after = MONDAY + timedelta(days=30)
        fits = {kind for kind in KINDS if rules.is_legal([*history, Happening(kind, after, "x")])}
        assert fits == set(rules.possible_next(history))

    @settings(deadline=None)
    @given(st.lists(st.sampled_from(KINDS), max_size=7))
    def test_a_legal_history_moves_forward_only_and_ends_once(self, kinds: list[str]) -> None:
        history = happened(*kinds)
        if rules.is_legal(history):
            moves = [MOVES.index(one) for one in kinds if one in MOVES]
            assert moves == sorted(set(moves))
            assert "ended" not in kinds[:-1]


def goal_version(thread: object, number: int) -> Goal:
    pk = uuid4() if number > 1 else thread
    return Goal(item_id=pk, thread=thread, number=number, words=f"{thread} {number}", position=0)


class TestVersions:
    @settings(deadline=None)
    @given(st.lists(st.integers(1, 4), min_size=1, max_size=5), st.randoms(use_true_random=False))
    def test_the_newest_of_each_whatever_the_order(self, counts: list[int], random: object) -> None:
        threads = [uuid4() for _count in counts]
        every = [
            goal_version(thread, number + 1)
            for thread, count in zip(threads, counts, strict=True)
            for number in range(count)
        ]
        random.shuffle(every)  # type: ignore[attr-defined]
        found = newest(every)
        assert {one.thread: one.number for one in found} == dict(zip(threads, counts, strict=True))

    @settings(deadline=None)
    @given(st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)), st.sets(st.integers(0, 6)))
    def test_a_difference_leads_from_one_version_to_the_other(
        self, before: set[int], after: set[int], revised: set[int]
    ) -> None:
        threads = [uuid4() for _place in range(7)]
        first = {place: goal_version(threads[place], 1) for place in range(7)}
        old = [first[place] for place in sorted(before)]
        new = [
            goal_version(threads[place], 2) if place in revised & before else first[place]
            for place in sorted(after)
        ]
        changes = differences(old, new)
        replayed = {one.pk for one in old}
        for change in changes:
            replayed -= {change.before.pk} if change.before else set()
            replayed |= {change.after.pk} if change.after else set()
        assert replayed == {one.pk for one in new}
        assert differences(new, new) == []


class TestSteps:
    @pytest.mark.parametrize(
        ("steps", "is_allowed"),
        [
            ((), True),
            (("",) * 5, True),
            (("a", "b", "c", "d", "e"), True),
            (("a", "b", "c", "d", ""), False),
            (("a", "b", "c", "d", " A "), False),
        ],
    )
    def test_are_all_there_and_differ(self, steps: Sequence[str], *, is_allowed: bool) -> None:
        assert bool(rules.distinct_steps(steps)) is is_allowed


class TestVoices:
    def test_each_is_asked_once(self) -> None:
        mette, jens = uuid4(), uuid4()
        agreed = PlanVoice.Answer.AGREED
        assert rules.ready_voices([Voice(mette, agreed), Voice(jens, agreed)], {mette, jens})
        for voices in (
            [Voice(mette, agreed)],
            [Voice(mette, agreed), Voice(mette, agreed), Voice(jens, agreed)],
            [Voice(mette, agreed), Voice(jens, "perhaps")],
            [Voice(mette, agreed), Voice(jens, "no-answer")],
        ):
            assert not rules.ready_voices(voices, {mette, jens})
