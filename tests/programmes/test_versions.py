"""Stored versions: loaded by the owner, the same when read back, and never changed."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samspil.collaboration.programmes import actions, loading, queries
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.foundation.kernel.definitions import DefinitionError
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
LIBRARY = loading.library()


def loaded() -> list[ProgrammeVersion]:
    with as_owner():
        return actions.load_programmes(using="default")


def put(programme: loading.Programme, monkeypatch: pytest.MonkeyPatch) -> list[ProgrammeVersion]:
    changed = loading.Library(
        (programme,), LIBRARY.laws, LIBRARY.sources, LIBRARY.planned, LIBRARY.law_review
    )
    monkeypatch.setattr(loading, "library", lambda _root=loading.ROOT: changed)
    return loaded()


def test_what_is_read_back_is_what_was_written() -> None:
    stored = loaded()
    assert [row.key for row in stored] == [one.key for one in LIBRARY.programmes]
    for row, programme in zip(stored, LIBRARY.programmes, strict=True):
        again = queries.definition(row.pk)
        assert again == programme
        assert again.content_hash == row.content_hash == programme.content_hash


def test_the_options_stand_in_the_order_of_the_file() -> None:
    """The database sorts keys by length; which option is the usual one hangs on the first."""
    for row, programme in zip(loaded(), LIBRARY.programmes, strict=True):
        said = queries.stored(row.pk).programme
        assert [list(one.options) for one in said.adaptable] == [
            list(one.options) for one in programme.adaptable
        ]
        assert [list(one.options) for one in said.all_tracks] == [
            list(one.options) for one in programme.all_tracks
        ]
    row = next(
        one for one in loaded() if (one.key, one.version) == ("en-familie-en-indgang", "2021-finansiering")
    )
    row.refresh_from_db()
    [rhythm] = [one for one in row.definition["adaptable"] if one["key"] == "core-team-rhythm"]
    assert list(rhythm["options"]) == ["six", "eight"], "what the database gives: the broken twin"


def test_loading_again_changes_nothing() -> None:
    assert [row.pk for row in loaded()] == [row.pk for row in loaded()]


def test_a_definition_is_parsed_once(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    [row, *_] = loaded()
    first = queries.definition(row.pk)
    with django_assert_num_queries(0):
        assert queries.definition(row.pk) is first


def test_a_draft_nobody_uses_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    [before, *_] = loaded()
    changed = LIBRARY.programmes[0].model_copy(update={"lasts": "P30M"})
    [after] = put(changed, monkeypatch)
    assert after.pk != before.pk
    assert queries.definition(after.pk).lasts == "P30M"


def test_an_approved_version_never_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = LIBRARY.programmes[0]
    approved = draft.model_copy(
        update={"version": "9", "owner": draft.owner.model_copy(update={"approved": "2026-01-01"})}
    )
    put(approved, monkeypatch)
    with pytest.raises(DefinitionError, match="9 is approved and has changed"):
        put(approved.model_copy(update={"lasts": "P30M"}), monkeypatch)


def test_not_even_the_owner_edits_one() -> None:
    [row, *_] = loaded()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic(), as_owner():
        ProgrammeVersion.objects.filter(pk=row.pk).update(definition={})


@pytest.mark.parametrize("verb", ["INSERT INTO", "DELETE FROM"])
def test_the_application_only_reads(verb: str) -> None:
    rest = "DEFAULT VALUES" if verb.startswith("INSERT") else "WHERE true"
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{verb} programmes_programmeversion {rest}")
