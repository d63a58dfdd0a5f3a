"""What is kept of a question is its words: never a value, never an answer, and never who asked."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from samspil.foundation.access import sight
from samspil.foundation.access.collector import collecting
from samspil.foundation.access.kept import NotKept, kept
from samspil.foundation.access.models import Item, Ledger
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from tests.factories.access import a_coordinator, a_space, a_stranger, a_subject, acting, an_item

pytestmark = pytest.mark.django_db


@kept
def items_of(space):
    return sight.visible(Item.objects.filter(space=space)).order_by("pk")


@kept
def items_among(ids):
    return sight.visible(Item.objects.filter(pk__in=ids)).order_by("pk")


@kept
def relations_on(holder, day):
    return Ledger.objects.filter(holder=holder, starts__lte=day, ends__gt=day)


@pytest.fixture
def two():
    """A coordinator with an item in each of two spaces."""
    actor = a_coordinator()
    spaces = [a_space(actor), a_space(actor)]
    return actor, spaces, [an_item(actor, a_subject(actor), space=space) for space in spaces]


def test_each_use_asks_with_its_own_values(two, django_assert_num_queries):
    actor, spaces, items = two
    with acting(actor), django_assert_num_queries(5):
        for space, item in zip(spaces, items, strict=True):
            assert [row.pk for row in items_of(space)] == [item]
        assert [row.pk for row in items_among(items)] == sorted(items)
        assert [row.pk for row in items_among({items[1]})] == [items[1]]
        assert items_among([]) == []


def test_days_and_ids_find_their_places(two):
    actor, spaces, _items = two
    today = clock.today()
    with acting(actor):
        assert {row.space_id for row in relations_on(actor.membership_id, today)} >= set(spaces)
        assert not relations_on(actor.membership_id, today - timedelta(days=1))


def test_the_wall_judges_each_use_and_each_row_notes_itself(two):
    actor, spaces, items = two
    for _again in range(2):
        with acting(actor), collecting() as notes:
            items_of(spaces[0])
            assert set(notes) == {items[0]}
    with acting(a_stranger()), collecting() as notes:
        assert items_of(spaces[0]) == []
        assert not notes


def test_what_is_searched_by_is_logged_at_each_use(two):
    actor, spaces, _items = two

    @kept
    def asked(space):
        rows = sight.visible(Item.objects.filter(space=space), criterion="how many there are")
        return rows.filter(pk__in=rows.values("pk"))

    for _again in range(2):
        with acting(actor), log.collecting(log.Collector(route="", act="")) as heard:
            asked(spaces[0])
            assert heard.criterion == "how many there are"


def test_a_question_that_depends_on_more_is_refused(two):
    actor, spaces, _items = two
    days = iter([date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)])
    clocked = kept(lambda holder: Ledger.objects.filter(holder=holder, starts__lte=next(days)))
    changed = kept(lambda day: Ledger.objects.filter(starts__lte=day + timedelta(days=1)))
    columns = kept(lambda space: sight.visible(Item.objects.filter(space=space), criterion="x").values("pk"))
    with acting(actor):
        for question, value in ((clocked, uuid4()), (changed, date(2026, 1, 1)), (columns, spaces[0])):
            with pytest.raises(NotKept):
                question(value)


def test_words_and_nothing_make_statements_of_their_own(two):
    actor, spaces, _items = two

    @kept
    def of_kind(space, kind):
        rows = sight.visible(Item.objects.filter(space=space))
        return rows.filter(kind=kind) if kind else rows

    with acting(actor):
        [item] = of_kind(spaces[0], None)
        assert of_kind(spaces[0], item.kind) == [item]
        assert of_kind(spaces[0], "another") == []
