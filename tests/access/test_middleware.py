"""A request before the wall: who stands there, what is undone, what is logged."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from samspil.foundation.access import cookies, wall
from samspil.foundation.access.models import Item
from samspil.foundation.accounts.models import Account
from samspil.foundation.audit.models import LogEvent, LogSubject
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Staff
from tests.access.example.models import Note
from tests.factories.access import (
    a_space,
    a_stranger,
    a_subject,
    acting,
    an_actor,
    an_item,
)
from tests.factories.organisations import a_post, a_unit
from tests.factories.owner import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.access.example.site")]


def browser(actor: Actor, *, chosen: bool = True) -> Client:
    """A browser in which this actor has logged in, and chosen whom to act for."""
    client = Client(raise_request_exception=False)
    client.force_login(Account.objects.get(pk=actor.account_id))
    if chosen:
        client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


class World:
    def __init__(self) -> None:
        self.anna = an_actor()
        self.child, self.space = a_subject(self.anna), a_space(self.anna)
        self.note = self.a_note("Mia er glad")

    def a_note(self, text: str) -> UUID:
        item = an_item(self.anna, self.child, space=self.space)
        with as_owner():
            Note.objects.create(
                item_id=item, authority_id=self.anna.authority_id, subject_id=self.child, text=text
            )
        return item

    @property
    def write(self) -> str:
        return f"/write/{self.space}/{self.child}/"


@pytest.fixture
def world(db: None) -> World:
    return World()


def rows() -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM access_item) + (SELECT count(*) FROM example_note)")
        return int(cursor.fetchone()[0])


def last_event() -> tuple[LogEvent, list[LogSubject]]:
    with as_owner():
        event = LogEvent.objects.order_by("-position")[0]
        return event, list(LogSubject.objects.filter(event=event.pk))


class TestWhoStandsThere:
    def test_a_team_member_reads_also_what_is_rendered_late(self, world: World) -> None:
        response = browser(world.anna).get(f"/notes/{world.space}/")

        assert response.content.decode() == "Mia er glad;"

    def test_a_stranger_gets_404_and_the_same_page_as_for_nothing(self, world: World) -> None:
        client = browser(a_stranger())

        yours_not = client.get(f"/note/{world.note}/")
        nothing = client.get(f"/note/{world.space}/")

        assert yours_not.status_code == nothing.status_code == 404
        assert yours_not.content == nothing.content
        assert dict(yours_not.headers) == dict(nothing.headers)

    def test_without_a_choice_one_is_asked_for_whom(self, world: World) -> None:
        response = browser(world.anna, chosen=False).get(f"/note/{world.note}/")

        assert response.status_code == 302
        assert response["Location"].startswith("/act-for/")

    def test_the_secret_of_another_account_opens_nothing(self, world: World) -> None:
        client = browser(a_stranger(), chosen=False)
        client.cookies[cookies.name()] = wall.open_session(world.anna.account_id, world.anna.membership_id)

        assert client.get(f"/note/{world.note}/").status_code == 302

    def test_a_page_that_declares_nothing_is_closed_to_who_acts_for_nobody(self, world: World) -> None:
        assert browser(world.anna, chosen=False).get("/undeclared/").status_code == 302

    def test_a_declared_permission_is_asked_at_the_door(self, world: World) -> None:
        assert browser(world.anna).get("/block/").status_code == 403
        assert browser(an_actor(RoleKey.PRIVACY_OFFICER)).get("/block/").status_code == 200

    def test_the_next_request_has_nobody_of_the_former(self, world: World) -> None:
        browser(world.anna).get(f"/note/{world.note}/")

        assert wall.current() is None
        with pytest.raises(wall.NoContext):
            list(Item.objects.all())
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('samspil.wall', true)")
            assert not cursor.fetchone()[0]


class TestWhatIsUndone:
    @pytest.mark.parametrize("then", ["403", "404", "409", "500", "integrity", "swallowed"])
    def test_a_failed_request_leaves_no_row(self, world: World, then: str) -> None:
        before = rows()

        response = browser(world.anna).post(f"{world.write}?then={then}")

        assert response.status_code >= 400
        assert rows() == before

    def test_a_good_one_leaves_two(self, world: World) -> None:
        before = rows()

        assert browser(world.anna).post(world.write).status_code == 200
        assert rows() == before + 2

    def test_a_get_that_writes_raises(self, world: World) -> None:
        before = rows()

        assert browser(world.anna).get(world.write).status_code == 500
        assert rows() == before

    def test_streams_are_refused(self, world: World) -> None:
        response = browser(world.anna).get("/stream/")

        assert response.status_code == 500
        assert b"secret" not in b"".join(response)


class TestWhatIsLogged:
    def test_a_read_names_the_person_and_the_category(self, world: World) -> None:
        browser(world.anna).get(f"/notes/{world.space}/")

        event, shown = last_event()
        assert (event.act, event.route, event.outcome) == ("note.listed", "notes", "done")
        assert event.account == world.anna.account_id
        assert [(row.subject, row.owner, row.categories) for row in shown] == [
            (world.child, world.anna.authority_id, 4)
        ]

    def test_a_refusal_is_logged_with_who_it_was(self, world: World) -> None:
        stranger = a_stranger()
        browser(stranger).get(f"/note/{world.note}/")

        event, shown = last_event()
        assert (event.account, event.outcome, shown) == (stranger.account_id, "refused", [])

    def test_an_act_that_failed_says_attempted(self, world: World) -> None:
        browser(world.anna).post(f"{world.write}?then=500")

        event, _shown = last_event()
        assert (event.act, event.outcome) == ("note.written", "attempted")

    def test_without_a_log_there_is_no_page_and_no_row(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from samspil.foundation.audit import log

        def broken(_collector: object) -> None:
            raise log.LogUnavailable("on purpose")

        before = rows()
        monkeypatch.setattr(log, "flush", broken)
        response = browser(world.anna).post(world.write)

        assert response.status_code == 503
        assert rows() == before


class TestActFor:
    def test_one_post_is_chosen_by_itself(self, world: World) -> None:
        client = browser(world.anna, chosen=False)

        response = client.get("/act-for/", {"next": f"/note/{world.note}/"})

        assert response["Location"] == f"/note/{world.note}/"
        assert client.get(f"/note/{world.note}/").status_code == 200

    def test_two_posts_are_asked_for_and_the_choice_decides_what_is_seen(self, world: World) -> None:
        with as_owner():
            staff = Staff.objects.get(account_id=world.anna.account_id)
            other = a_post(RoleKey.SCHOOL_CONTACT, unit=a_unit(staff.authority), staff=staff)
        client = browser(world.anna, chosen=False)
        page = client.get("/act-for/")
        assert str(other.pk) in page.content.decode()

        client.post("/act-for/", {"membership": str(other.pk)})
        assert client.get(f"/note/{world.note}/").status_code == 404
        client.post("/act-for/", {"membership": str(world.anna.membership_id)})
        assert client.get(f"/note/{world.note}/").status_code == 200

    def test_a_post_of_somebody_else_cannot_be_chosen(self, world: World) -> None:
        client = browser(an_actor(), chosen=False)

        client.post("/act-for/", {"membership": str(world.anna.membership_id)})

        assert client.get(f"/note/{world.note}/").status_code == 404

    def test_next_leads_to_no_other_site(self, world: World) -> None:
        response = browser(world.anna, chosen=False).get("/act-for/", {"next": "https://example.org/"})

        assert response["Location"] == "/"

    def test_log_out_revokes_the_secret_itself(self, world: World) -> None:
        client = browser(world.anna)
        secret = client.cookies[cookies.name()].value

        client.post("/logout/")

        with pytest.raises(wall.NoSession), wall.entering(secret):
            pass


class TestSessionsEnd:
    def opened(self, actor: Actor) -> str:
        return wall.open_session(actor.account_id, actor.membership_id)

    def opens(self, secret: str) -> bool:
        try:
            with wall.entering(secret):
                return True
        except wall.NoSession:
            return False

    @pytest.mark.parametrize(
        "happens",
        [
            "UPDATE accounts_account SET password = 'new' WHERE id = %(account)s",
            "UPDATE accounts_account SET is_active = false WHERE id = %(account)s",
            "UPDATE organisations_membership SET ends = current_date WHERE id = %(membership)s",
            "UPDATE wall.session SET expires = now() WHERE account = %(account)s",
            "UPDATE wall.session SET revoked = now() WHERE account = %(account)s",
        ],
    )
    def test_at_once(self, happens: str) -> None:
        anna = an_actor()
        secret = self.opened(anna)
        assert self.opens(secret)

        with as_owner(), connection.cursor() as cursor:
            cursor.execute(happens, {"account": anna.account_id, "membership": anna.membership_id})

        assert not self.opens(secret)

    def test_a_job_acts_with_a_session_of_its_own(self) -> None:
        anna = an_actor()
        child = a_subject(anna)
        an_item(anna, child)

        with wall.acting_as(anna, "Opfølgning i nat") as actor:
            assert actor == anna
            assert len(Item.objects.all()) == 1

        event, shown = last_event()
        assert (event.reason, event.account, [row.subject for row in shown]) == (
            "Opfølgning i nat",
            anna.account_id,
            [child],
        )
        with pytest.raises(wall.NoContext):
            list(Item.objects.all())

    def test_within_a_block_the_former_actor_comes_back(self) -> None:
        anna, bo = an_actor(), an_actor()
        with acting(anna):
            with acting(bo):
                assert wall.current() == bo
            assert wall.current() == anna
