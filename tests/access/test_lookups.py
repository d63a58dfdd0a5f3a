"""Ids in a list are one array: the same statement however many there are."""

from uuid import uuid4

import pytest
from django.db import connection

from samspil.foundation.access.models import Item, ItemSubject, Ledger


def asked(queryset) -> str:
    return queryset.query.sql_with_params()[0]


@pytest.mark.parametrize("field", ["id", "space", "owner_unit", "space_id"])
def test_three_ids_and_sixty_are_one_statement(field):
    few, many = ({f"{field}__in": [uuid4() for _ in range(count)]} for count in (3, 60))
    assert asked(Item.objects.filter(**few)) == asked(Item.objects.filter(**many))
    assert "= ANY(%s)" in asked(Item.objects.filter(**few))


def test_a_question_within_a_question_stays_one():
    inner = Ledger.objects.filter(kind="team").values_list("space_id")
    assert "IN (SELECT" in asked(Item.objects.filter(space__in=inner))


@pytest.mark.django_db
def test_no_ids_meet_nothing_and_none_meets_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not list(ItemSubject.objects.filter(item__in=[]))
        assert not list(ItemSubject.objects.filter(item__in=[None]))


def test_values_never_stand_in_the_statement():
    options = connection.settings_dict["OPTIONS"]
    assert options["server_side_binding"]
    assert options["prepare_threshold"]
