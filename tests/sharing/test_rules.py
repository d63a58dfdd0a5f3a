"""Tables of cases: who may say yes, how long it holds, what it becomes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from samspil.collaboration.families.rules import ages
from samspil.collaboration.sharing import law, rules
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Told, Way
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, RelationKind

CHILD, MOTHER, FATHER, STRANGER = (UUID(int=n) for n in range(1, 5))
UNIT, OWN_UNIT, OWN_AUTHORITY, SPACE = (UUID(int=n) for n in range(11, 15))
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
CONSENT_LAW = law.in_force().consent
RECEIVER = rules.Receiver(HolderKind.UNIT, UNIT, UUID(int=20), "school")
BOTH = frozenset({MOTHER, FATHER})
HEALTH, EVERYDAY, SECRET = Category.HEALTH, Category.EVERYDAY, Category.CONFIDENTIAL_YOUTH


def aged(years: int, **fields: object) -> rules.Person:
    """A person of this age today, whose custody both parents have."""
    born = date(TODAY.year - years, TODAY.month, TODAY.day)
    return rules.Person(CHILD, born, **{"custody_holders": BOTH, **fields})  # type: ignore[arg-type]


def answer(*said_by: UUID, category: Category = EVERYDAY, **fields: object) -> rules.Consent:
    scope = rules.Scope(CHILD, RECEIVER, category, Purpose.COORDINATION)
    whole = {"way": Way.MEETING, "said_by": frozenset(said_by), "said_on": TODAY, **fields}
    return rules.Consent(scope, **whole)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("age", "category", "said_by", "holds"),
    [
        (9, EVERYDAY, BOTH, True),
        (9, EVERYDAY, {MOTHER}, False),  # both who have custody
        (9, EVERYDAY, {CHILD}, False),
        (9, HEALTH, BOTH, True),
        (9, SECRET, BOTH, False),  # told in confidence: not the parents'
        (14, HEALTH, {CHILD}, False),
        (15, HEALTH, {CHILD}, True),
        (15, HEALTH, BOTH, False),  # from 15 alone
        (15, SECRET, {CHILD}, True),
        (15, SECRET, {CHILD, *BOTH}, False),
        (15, EVERYDAY, {CHILD}, False),
        (15, EVERYDAY, {CHILD, *BOTH}, True),
        (16, HEALTH, {CHILD}, True),
        (17, EVERYDAY, BOTH, False),
        (18, EVERYDAY, {CHILD}, True),
        (18, HEALTH, BOTH, False),  # a parent never for an adult
        (40, EVERYDAY, {STRANGER}, False),
        (40, EVERYDAY, {CHILD, STRANGER}, False),
        (40, EVERYDAY, set(), False),
    ],
)
def test_who_may_say_yes(age, category, said_by, holds):
    decision = rules.said_by_the_right(answer(*said_by, category=category), aged(age), category)
    assert bool(decision) is holds
    assert holds or decision.reason


@pytest.mark.parametrize(
    "person",
    [
        aged(9, custody_holders=frozenset()),
        aged(9, custody_is_disputed=True),
        rules.Person(CHILD, None, custody_holders=BOTH),
        rules.Person(CHILD, None, is_unborn=True, custody_holders=BOTH),
    ],
    ids=["nobody known to have custody", "custody in doubt", "age not known", "not born"],
)
def test_nobody_says_yes_where_it_is_not_known_who_may(person):
    assert not rules.said_by_the_right(answer(*BOTH), person, EVERYDAY)


def test_one_of_two_is_enough_for_a_no():
    assert rules.said_by_the_right(answer(MOTHER, answer=Answer.NO), aged(9), EVERYDAY)
    assert not rules.said_by_the_right(answer(STRANGER, answer=Answer.NO), aged(9), EVERYDAY)


def test_it_is_the_day_of_the_answer_that_counts():
    """On the 15th birthday the young person decides about health; the day before, the parents did."""
    person = aged(15)
    before = answer(*BOTH, category=HEALTH, said_on=TODAY - DAY)
    assert rules.said_by_the_right(before, person, HEALTH)
    assert not rules.ready_consent(before, person, CONSENT_LAW, today=TODAY), (
        "their yes ended on the birthday"
    )


@pytest.mark.parametrize(
    ("age", "category", "said_on", "ends"),
    [
        (40, EVERYDAY, TODAY, date(2027, 11, 22)),
        (9, HEALTH, TODAY, date(2027, 11, 22)),
        (14, HEALTH, TODAY + DAY, date(2027, 11, 22)),  # the 15th birthday
        (14, EVERYDAY, TODAY + DAY, date(2027, 11, 22)),
        (15, HEALTH, TODAY, date(2027, 11, 22)),
        (17, EVERYDAY, TODAY + 30 * DAY, date(2027, 11, 22)),  # the 18th
        (17, HEALTH, TODAY + 30 * DAY, date(2027, 12, 22)),  # decided alone before and after
    ],
)
def test_a_yes_ends_after_a_year_or_when_others_decide(age, category, said_on, ends):
    assert rules.latest_end(aged(age), category, said_on, CONSENT_LAW) == ends


@pytest.mark.parametrize(
    ("day", "months", "after"),
    [
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
    ],
)
def test_months_after(day, months, after):
    assert rules.months_after(day, months) == after


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"ends": TODAY + DAY}, True),
        ({"ends": TODAY}, False),
        ({"said_on": TODAY + DAY}, False),
        ({"said_on": date(2025, 11, 22)}, False),  # a year ago: run out today
        ({"said_on": date(2025, 11, 23)}, True),
        ({"starts": TODAY - DAY}, False),  # before it was given
        ({"starts": TODAY + 10 * DAY, "ends": TODAY + 5 * DAY}, False),
        ({"starts": TODAY + 400 * DAY}, False),
        ({"said_on": TODAY - 9 * DAY, "ends": TODAY}, False),
        ({"answer": Answer.LIMITED}, False),
        ({"answer": Answer.LIMITED, "limit": "Kun skemaet."}, True),
        ({"limit": "Kun skemaet."}, False),
        ({"answer": Answer.LIMITED, "limit": "Kun skemaet.", "category": HEALTH | EVERYDAY}, False),
        ({"way": Way.STATUTE}, False),
    ],
)
def test_an_answer_is_in_order(fields, holds):
    consent = answer(CHILD, **fields)
    assert bool(rules.ready_consent(consent, aged(40), CONSENT_LAW, today=TODAY)) is holds


def test_a_unit_opens_only_what_it_holds():
    held = EVERYDAY | Category.SCHOOL
    scope = rules.Scope(CHILD, RECEIVER, EVERYDAY, Purpose.COORDINATION)
    cases = [
        (scope, True),
        (replace(scope, categories=EVERYDAY | HEALTH), False),
        (replace(scope, categories=Category(0)), False),
        (replace(scope, receiver=rules.Receiver(HolderKind.UNIT, OWN_UNIT, OWN_AUTHORITY)), False),
        (replace(scope, receiver=rules.Receiver(HolderKind.AUTHORITY, OWN_AUTHORITY, OWN_AUTHORITY)), False),
        (replace(scope, receiver=rules.Receiver(HolderKind.AUTHORITY, UNIT, UNIT)), True),
    ]
    for case, holds in cases:
        assert bool(rules.ready_scope(case, giver=OWN_UNIT, authority=OWN_AUTHORITY, held=held)) is holds


@pytest.mark.parametrize(
    ("fields", "holds"),
    [
        ({}, True),
        ({"ground": None}, False),
        ({"reasoning": "Fordi."}, False),
        ({"decided_by": None}, False),
        ({"ends": None}, False),
        ({"ends": TODAY}, False),
        ({"ends": date(2028, 1, 1)}, False),
        ({"told_on": None}, False),
        ({"told": Told.NOT_TOLD}, False),
        ({"told": Told.NOT_TOLD, "told_text": "Der er fare for moren."}, True),
        ({"told": Told.LATER}, False),
        ({"told": Told.LATER, "told_text": "Signe ringer på fredag."}, True),
        ({"ground": law.in_force().ground("treatment-41")}, False),  # everyday life is no treatment
        ({"ground": law.in_force().ground("early-prevention")}, True),
        ({"ground": law.in_force().ground("child-protection-report")}, False),  # a school receives none
    ],
)
def test_a_decision_can_be_tried_by_others(fields, holds):
    scope = rules.Scope(CHILD, RECEIVER, EVERYDAY, Purpose.COORDINATION)
    whole = {
        "ground": law.in_force().ground("administration-28"),
        "reasoning": "Skolen skal vide det for at støtte barnet.",
        "decided_by": MOTHER,
        "starts": TODAY,
        "ends": TODAY + 30 * DAY,
        "told": Told.CONVERSATION,
        "told_on": TODAY,
    }
    statute = rules.Statute(scope, **{**whole, **fields})
    assert bool(rules.ready_statute(statute, CONSENT_LAW, today=TODAY)) is holds


masks = some.integers(1, 511).map(Category)
days = some.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(masks, days, days, some.sampled_from(Way), some.sampled_from(Answer))
def test_a_basis_becomes_one_row_a_topic_or_none(mask, one, other, way, said):
    scope = rules.Scope(CHILD, RECEIVER, mask, Purpose.COORDINATION)
    period = rules.Period(min(one, other), max(one, other))
    relations = rules.relations_of(rules.Grounds(scope, way, said, period, SPACE, OWN_UNIT))
    if said != Answer.YES or one == other:
        assert relations == []
        return
    assert [r.categories for r in relations] == rules.each(mask)
    assert rules.mask_of([r.categories for r in relations]) == mask
    kind = RelationKind.STATUTE if way == Way.STATUTE else RelationKind.CONSENT
    shared = {(r.kind, r.subject, r.space, r.holder, r.giver, r.purpose, r.starts, r.ends) for r in relations}
    expected = (CHILD, SPACE, UNIT, OWN_UNIT, Purpose.COORDINATION, period.starts, period.ends)
    assert shared == {(kind, *expected)}


@given(some.integers(0, 40), masks, days)
def test_no_yes_outlives_its_givers(age, mask, said_on):
    """On every day it holds, the same people would have to say yes."""
    person = aged(age)
    if person.born is None or said_on < person.born:
        return
    for category in rules.each(mask):
        last = rules.latest_end(person, category, said_on, CONSENT_LAW) - DAY
        assert rules.givers(person, category, last).people == rules.givers(person, category, said_on).people
        assert said_on <= last < rules.months_after(said_on, 12)


@pytest.mark.parametrize(
    ("fields", "standing"),
    [
        ({}, rules.Standing.GIVEN),
        ({"answer": Answer.LIMITED}, rules.Standing.LIMITED),
        ({"answer": Answer.NO}, rules.Standing.REFUSED),
        ({"way": Way.STATUTE}, rules.Standing.LAWFUL),
        ({"ends": TODAY}, rules.Standing.EXPIRED),
        ({"starts": TODAY + DAY}, rules.Standing.COMING),
        ({"state": "ended", "ending": Ending.WITHDRAWN, "ended_on": TODAY}, rules.Standing.WITHDRAWN),
        ({"state": "ended", "ending": Ending.MISTAKE, "ended_on": TODAY}, rules.Standing.STOPPED),
        ({"state": "ended", "ending": Ending.WITHDRAWN, "ended_on": TODAY + DAY}, rules.Standing.GIVEN),
    ],
)
def test_how_a_basis_stands(fields, standing):
    row = Basis(**{"way": Way.PAPER, "answer": Answer.YES, "starts": TODAY, "ends": TODAY + DAY, **fields})
    assert rules.standing_of(row, TODAY) == standing
    assert rules.standing_of(None, TODAY) == rules.Standing.NOT_ASKED


def test_the_law_file_says_the_ages_that_the_rule_uses():
    named = {(age.age, frozenset(age.categories)) for age in law.in_force().ages}
    health = frozenset(rules.key_of(category) for category in rules.each(ages.OWN_FROM_15))
    assert named == {(ages.OWN_CONSENT, health), (ages.ADULT, frozenset())}


def test_the_law_file_names_topics_units_and_doubts_that_exist():
    from samspil.foundation.organisations.models import Unit

    keys = {rules.key_of(category) for category in Category}
    grounds = law.in_force().grounds
    assert len({ground.key for ground in grounds}) == len(grounds)
    for ground in grounds:
        assert set(ground.categories) <= keys
        assert set(ground.receivers) <= set(Unit.Kind.values)
    assert law.in_force().wording.unverified is not None, "a lawyer has read it? then say so in the decision"
