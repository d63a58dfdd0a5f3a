"""Stored files: the bytes that were given, for whoever sees the item, and never shown by a browser."""

from uuid import UUID

import pytest
from django.db import ProgrammingError

from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.desk import actions
from samspil.foundation.desk.files import Damaged, attachment, content_of
from samspil.foundation.desk.models import StoredFile
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category
from tests.factories.access import a_coordinator, a_stranger, a_subject, acting, an_item
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


def a_file(actor: Actor, *, content: bytes = PDF, name: str = "plan.pdf", kind: str = "file") -> UUID:
    subject = a_subject(actor)
    with acting(actor):
        item = access.new_item(actor=actor, kind=kind, category=Category.EVERYDAY, subjects=[subject])
        actions.store_file(
            actor=actor, item=item, name=name, media_type="application/pdf", content=content, now=clock.now()
        )
    return item


def test_the_bytes_come_back_as_they_were() -> None:
    actor = a_coordinator()
    item = a_file(actor)

    with acting(actor):
        file = sight.visible(StoredFile.objects.all()).get(pk=item)
        assert content_of(file) == PDF
        assert file.size == len(PDF)


def test_a_stranger_sees_no_file() -> None:
    item = a_file(a_coordinator())

    with acting(a_stranger()):
        assert not list(sight.visible(StoredFile.objects.filter(pk=item)))


def test_nobody_puts_a_file_on_anothers_item() -> None:
    coordinator, stranger = a_coordinator(), a_stranger()
    item = an_item(coordinator, a_subject(coordinator), kind="file")

    with pytest.raises(ProgrammingError), acting(stranger):
        actions.store_file(
            actor=stranger,
            item=item,
            name="x.pdf",
            media_type="application/pdf",
            content=PDF,
            now=clock.now(),
        )


def test_a_file_is_never_changed() -> None:
    actor = a_coordinator()
    item = a_file(actor)

    with pytest.raises(ProgrammingError), acting(actor):
        StoredFile.objects.filter(pk=item).update(content=b"%PDF-other")


@pytest.mark.parametrize("content", [b"", b"<html>", b"%PDF-" + b"x" * (20 * 1024 * 1024)])
def test_refuses_what_it_does_not_take(content: bytes) -> None:
    with pytest.raises(Refused):
        a_file(a_coordinator(), content=content)


def test_bytes_that_were_changed_are_not_handed_out() -> None:
    actor = a_coordinator()
    item = a_file(actor)
    with as_owner():
        StoredFile.objects.filter(pk=item).update(content=PDF.replace(b"1.7", b"1.4"))

    with acting(actor), pytest.raises(Damaged):
        content_of(sight.visible(StoredFile.objects.all()).get(pk=item))


def test_is_saved_by_the_browser_and_not_shown() -> None:
    actor = a_coordinator()
    item = a_file(actor, name='plan "for" Æske\r\nX-Ond: 1.pdf')

    with acting(actor):
        answer = attachment(sight.visible(StoredFile.objects.all()).get(pk=item))

    assert answer["Content-Disposition"].startswith("attachment; ")
    assert "X-Ond" not in answer
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer.content == PDF
