"""A version from draft to published: tried on invented families, published once, compared with another."""

from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from samspil.collaboration.programmes import actions, loading, queries, samples
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.changes import Cause, Change
from samspil.collaboration.programmes.language.words import Text
from samspil.collaboration.programmes.models import Publication
from samspil.collaboration.programmes.rules.comparing import compare
from samspil.collaboration.programmes.rules.publishing import ready_to_publish
from samspil.collaboration.programmes.rules.trying import tried
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import acting, an_actor
from tests.factories.courses import a_version
from tests.factories.models import an_administrator, an_adviser
from tests.programmes.test_versions import LIBRARY, put

OLD = LIBRARY.programme("styrket-familiebehandling", "2020")
NEW = LIBRARY.programme("styrket-familiebehandling", "2023")


def stored(one: Programme) -> UUID:
    a_version()
    found = queries.version_of(one.key, one.version)
    assert found is not None
    return found.pk


def published(one: Programme = NEW, words: str = "Besluttet på mødet i november.") -> Publication:
    adviser, version = an_adviser(), stored(one)
    with acting(adviser):
        return actions.publish_version(actor=adviser, version=version, words=words)


@pytest.mark.django_db
class TestPublish:
    def test_it_is_no_draft_any_more_and_the_old_one_is_superseded(self):
        assert queries.definition(stored(NEW)).draft_notice is not None
        row = published()
        assert row.content_hash == NEW.content_hash
        assert row.supersedes_id == stored(OLD)
        assert queries.definition(row.version_id).draft_notice is None
        assert queries.stored(row.version_id).programme == NEW  # word for word what it was
        assert queries.definition(stored(OLD)).draft_notice is not None

    def test_twice_is_refused_with_what_to_do(self):
        published()
        with pytest.raises(Refused, match=r"Version 2023 af .* blev udgivet den .* eget versionsnummer"):
            published()
        assert Publication.objects.count() == 1

    def test_two_at_once_are_refused_by_the_database(self, monkeypatch):
        """The broken twin: were the rule forgotten, the second publication still cannot be written."""
        published()
        monkeypatch.setattr(queries, "publications", dict)
        with pytest.raises(Refused, match="En anden har lige udgivet"):
            published()

    def test_what_changed_in_the_file_afterwards_is_refused(self, monkeypatch):
        published()
        with pytest.raises(DefinitionError, match="2023 is published or in use and has changed"):
            put(NEW.model_copy(update={"lasts": "P30M"}), monkeypatch)

    def test_a_new_version_says_what_is_new(self):
        silent = NEW.model_copy(update={"changes": ()})
        decision = ready_to_publish(silent, None, silent.content_hash, before_has=True)
        assert "hvad der er nyt siden version 2020" in decision.reason

    @pytest.mark.parametrize("role", [RoleKey.ADMINISTRATOR, RoleKey.CASEWORKER, RoleKey.LEADER])
    def test_others_are_turned_away(self, role: RoleKey):
        version, actor = stored(NEW), an_actor(role)
        with acting(actor), pytest.raises(NotAllowed):
            actions.publish_version(actor=actor, version=version, words="Nu.")

    def test_another_agency_is_turned_away(self):
        version, adviser = stored(NEW), an_adviser("Sundhedsstyrelsen")
        with acting(adviser), pytest.raises(NotAllowed, match="modellens ejer, Social- og Boligstyrelsen"):
            actions.publish_version(actor=adviser, version=version, words="Nu.")

    def test_the_wall_asks_for_the_owner_too(self):
        version, adviser = stored(NEW), an_adviser("Sundhedsstyrelsen")
        with (
            pytest.raises(DatabaseError, match="only the owner"),
            acting(adviser),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT wall.publish_version(%s, 'nu')", [version])

    def test_a_publication_stands(self):
        row = published()
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            Publication.objects.filter(pk=row.pk).delete()

    def test_an_administrator_owns_nothing(self):
        assert queries.owned(an_administrator().authority_id) == []


class TestCompare:
    def test_what_is_new_gone_and_not_the_same(self):
        found = {(one.part, one.key): one for one in compare(OLD, NEW)}
        assert found["core_element", "mentalisation"].kind == "added"
        assert found["core_element", "relational-work"].kind == "removed"
        assert found["step", "session"].fields == ("summary", "repeats")
        assert ("step", "decide-treatment") not in found

    def test_turned_round_it_says_the_opposite(self):
        turned = {"added": "removed", "removed": "added", "changed": "changed"}
        there = {(one.part, one.key, one.kind) for one in compare(OLD, NEW) if one.part != "whole"}
        back = {(one.part, one.key, turned[one.kind]) for one in compare(NEW, OLD) if one.part != "whole"}
        assert there == back

    @pytest.mark.parametrize("one", LIBRARY.programmes, ids=lambda one: f"{one.key}-{one.version}")
    def test_nothing_differs_from_itself(self, one: Programme):
        assert compare(one, one) == ()

    def test_every_change_that_is_told_is_one(self):
        """What an owner says is new stands among the differences of the two versions."""
        for one in LIBRARY.programmes:
            if one.changes:
                assert one.supersedes is not None
                before = LIBRARY.programme(one.key, one.supersedes)
                assert {change.element for change in one.changes} <= {row.key for row in compare(before, one)}


class TestChanges:
    CHANGE = Change(
        element="alliance",
        why=Text(da="Grund", en="Reason"),
        because_of=(Cause(kind="observation", text=Text(da="Set", en="Seen")),),
    )

    @pytest.mark.parametrize(
        ("update", "message"),
        [
            ({"supersedes": None, "changes": (CHANGE,)}, "only a version that names what it `supersedes`"),
            ({"changes": (CHANGE.model_copy(update={"element": "alliances"}),)}, "did you mean 'alliance'"),
            ({"changes": (CHANGE.model_copy(update={"because_of": ()}),)}, "a change names what caused it"),
        ],
    )
    def test_what_cannot_be_told_does_not_load(self, update: dict[str, object], message: str):
        changed = NEW.model_copy(update=update)
        problems = loading._neighbour_problems(changed, LIBRARY.programmes)
        assert message in next(text for _place, text in problems)

    def test_an_element_that_is_gone_may_be_told_of(self):
        gone = NEW.model_copy(
            update={"changes": (self.CHANGE.model_copy(update={"element": "common-method"}),)}
        )
        assert list(loading._neighbour_problems(gone, LIBRARY.programmes)) == []


class TestTry:
    @pytest.mark.parametrize("one", LIBRARY.programmes, ids=lambda one: f"{one.key}-{one.version}")
    def test_every_model_has_families_that_it_reads(self, one: Programme):
        found = [tried(None, one, family) for family in samples.families(one.key)]
        assert found
        assert all(row.steps and not row.unread for row in found)

    def test_a_version_against_itself_moves_nothing(self):
        for family in samples.families(NEW.key):
            assert tried(NEW, NEW, family).moved == ()

    def test_what_differs_is_what_the_two_traces_differ_in(self):
        [family, *_] = samples.families(NEW.key)
        moved = {(one.kind, one.step) for one in tried(OLD, NEW, family).moved}
        assert ("vanishes", "relation-talk") in moved
        assert ("appears", "alliance-talk") in moved
        assert not {step for _kind, step in moved} & {"fixed-worker"}

    def test_a_role_the_draft_has_lost_is_said(self):
        [family, *_] = samples.families(NEW.key)
        lost = NEW.model_copy(update={"roles": tuple(one for one in NEW.roles if one.key != "parent")})
        assert "parent" in tried(OLD, lost, family).unread
