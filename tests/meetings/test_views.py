"""The pages of meetings: from the plan to the minutes, without script; strangers learn nothing."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.courses.models import Fact
from samspil.collaboration.journal.models import ShowAnswer
from samspil.collaboration.meetings.actions import Place
from samspil.collaboration.meetings.models import PlaceCode
from samspil.collaboration.meetings.rules import Guest
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.sharing import Category
from tests.browsing import FormClient
from tests.factories.access import a_citizen, a_stranger
from tests.factories.courses import TODAY, a_course
from tests.factories.journal import a_child_view, a_yes, another_sector, takes_part
from tests.factories.meetings import (
    NETWORK,
    a_meeting,
    a_point,
    everybody,
    held,
    shared,
    the_invitation,
    the_row,
    the_whole,
)
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
NOWHERE = 404


def browser(actor) -> Client:
    """A browser in which this actor has logged in and chosen whom to act for."""
    client = FormClient()
    with as_owner():
        account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


def words(response) -> str:
    """What a reader sees, without tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture(autouse=True)
def _in_danish():
    from django.utils import translation

    with translation.override("da"):
        yield


@pytest.fixture
def course():
    return a_course()


@pytest.fixture
def anna(course):
    return browser(course.anna)


def page(course, name, *args):
    return reverse(f"meetings:{name}", args=[course.space, *args])


def danish(day):
    return f"{day.day}.{day.month}.{day.year}"


def as_sent(course, **fields):
    """A plan as a browser sends it."""
    return {
        "kind": "kickoff",
        "purpose": "Vi lærer hinanden at kende.",
        "on": danish(TODAY + WEEK),
        "at": "14.30",
        "length": "60",
        "code": "office",
        "place": "Rådhuset",
        "about": [str(course.alma)],
        "family": [str(course.alma), str(course.father)],
        "staff": [str(course.anna.membership_id)],
        "network": NETWORK,
        **fields,
    }


class TestTheWholeWay:
    def test_from_the_step_to_the_minutes(self, course, anna):
        listed = words(anna.get(page(course, "meetings")))
        assert "Fælles opstartsmøde" in listed
        assert (
            anna.get(f"{page(course, 'plan')}?step=kickoff-meeting").context["form"].initial["kind"]
            == "kickoff"
        )
        asked = anna.get(f"{page(course, 'plan')}?step=kickoff-meeting&person={course.alma}")
        assert asked.context["form"].initial["about"] == [str(course.alma)]
        sent = anna.post(page(course, "plan"), as_sent(course))
        pk = sent.url.rstrip("/").rsplit("/", 1)[-1]
        again = anna.get(f"{page(course, 'plan')}?step=kickoff-meeting")
        assert again.url == sent.url
        prepared = words(anna.get(sent.url))
        for said in ("Vi lærer hinanden at kende.", "Farmor Inge", "er ikke hørt endnu", "Velkomst"):
            assert said in prepared
        assert anna.post(
            page(course, "add_point", pk), {"title": "Når far får det dårligt", "length": "15"}
        ).url
        there = {f"presence_{key}": "here" for key in [one.pk for one in the_row_of(course, pk).guests]}
        screen = anna.post(page(course, "begin", pk), there).url
        assert screen == page(course, "screen", pk)
        shown = anna.get(screen)
        assert "Punkt 1 af 3" in words(shown)
        decided = {"text": "Alma må altid ringe til farmor.", "voices": "Alle er enige."}
        assert anna.post(screen, decided).url == screen
        assert anna.post(screen, {"text": "Far ringer.", "voices": "Far siger nej.", "disagree": "1"}).url
        assert "Vi er ikke enige" in words(anna.get(screen))
        closed = anna.post(page(course, "close", pk), {"held_on": danish(TODAY), **there})
        assert closed.url == page(course, "meeting", pk)
        assert anna.post(page(course, "share", pk), {"text": "Vi blev enige."}).url == page(
            course, "minutes", pk
        )
        minutes = words(anna.get(page(course, "minutes", pk)))
        for said in ("Vi blev enige.", "Alma må altid ringe til farmor.", "læst af 0 af 1"):
            assert said in minutes
        anna.post(page(course, "read", pk))
        assert "læst af 1 af 1" in words(anna.get(page(course, "minutes", pk)))

    def test_sent_twice_is_planned_once(self, course, anna):
        fields = as_sent(course)
        form = anna.get(page(course, "plan"))
        key = re.search(r'name="_key" value="([^"]+)"', form.content.decode())[1]
        for _time in range(2):
            anna.post(page(course, "plan"), {**fields, "_key": key})
        with as_owner():
            assert len(list(Fact.objects.filter(space=course.space, kind="meeting.planned"))) == 1

    def test_typed_in_a_week_late_is_fine_and_says_so(self, course, anna):
        meeting = a_meeting(course, on=TODAY - WEEK)
        there = {f"presence_{key}": "here" for key in everybody(course, meeting)}
        anna.post(page(course, "close", meeting.pk), {"held_on": danish(TODAY - WEEK), **there})
        assert "senere end det blev holdt" in words(anna.get(page(course, "meeting", meeting.pk)))
        meeting = a_meeting(course, "status")
        there = {f"presence_{key}": "here" for key in everybody(course, meeting)}
        refused = anna.post(page(course, "close", meeting.pk), {"held_on": danish(TODAY + WEEK), **there})
        assert "ikke er holdt endnu" in words(refused)


def the_row_of(course, pk):
    from types import SimpleNamespace

    return the_row(course, SimpleNamespace(pk=pk))


class TestBadInput:
    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("at", "25.99", "timer og minutter"),
            ("on", "30.2.2026", "30.2.2026"),
            ("length", "3", ""),
            ("kind", "party", ""),
            ("purpose", "a\x00b", "tegn"),
            ("purpose", "x" * 1000, "Skriv højst"),
            ("about", ["00000000-0000-7000-8000-000000000009"], ""),
        ],
    )
    def test_gets_a_clear_answer_and_nothing_is_saved(self, course, anna, field, value, said):
        answer = anna.post(page(course, "plan"), as_sent(course, **{field: value}))
        assert answer.status_code == 200
        assert said in words(answer)
        assert answer.context["form"].errors
        with as_owner():
            assert not list(Fact.objects.filter(space=course.space, kind="meeting.planned"))

    def test_a_child_is_not_forced(self, course, anna):
        meeting = a_meeting(course)
        alma = the_invitation(course, meeting, Guest(person=course.alma))
        task = {"guest": str(alma), "what": "Passe på far", "due_on": danish(TODAY + WEEK)}
        answer = words(anna.post(page(course, "give_task", meeting.pk), task))
        assert "De tager kun en opgave, hvis de vil." in answer
        assert not the_whole(course, meeting).tasks


class TestScreen:
    def test_shows_only_what_everybody_in_the_room_may_see(self, course, anna):
        other = another_sector(course)
        a_yes(course, other, course.alma, categories=Category.IDENTITY | Category.EVERYDAY)
        meeting = a_meeting(course, "kickoff", other)
        secret = a_point(course, meeting, "Fars søvn", words="Jeg sover dårligt.", said_by=course.father)
        view = a_child_view(course, answer=ShowAnswer.YES, words="Jeg vil vide, hvem jeg må ringe til.")
        open_to_all = a_point(course, meeting, "Når far får det dårligt", view=view.pk)
        prepared = words(anna.get(page(course, "meeting", meeting.pk)))
        assert "Fars søvn" in prepared
        assert "Det her kan ikke alle se" in prepared
        screen = page(course, "screen", meeting.pk)
        for asked in ("", f"?point={secret}", f"?point={open_to_all}", "?point=nonsense"):
            shown = words(anna.get(f"{screen}{asked}"))
            assert "Fars søvn" not in shown
            assert "sover dårligt" not in shown
            assert "kan ikke alle se" not in shown
        assert "hvem jeg må ringe til" in words(anna.get(f"{screen}?point={open_to_all}"))

    def test_is_empty_where_somebody_in_the_room_may_not_see_the_meeting(self, course, anna):
        meeting = a_meeting(course, "kickoff", another_sector(course))
        a_point(course, meeting, "Når far får det dårligt")
        shown = words(anna.get(page(course, "screen", meeting.pk)))
        assert "Når far får det dårligt" not in shown
        assert "Ikke alle i rummet må se dagsordenen" in shown

    def test_can_be_hidden_at_once(self, course, anna):
        meeting = a_meeting(course)
        a_point(course, meeting, "Når far får det dårligt")
        shown = words(anna.get(f"{page(course, 'screen', meeting.pk)}?hidden=1"))
        assert "Skærmen er skjult" in shown
        assert "Når far" not in shown


class TestWall:
    NAMES = ("meeting", "place", "invite", "move", "cancel", "add_point", "begin", "screen", "give_task")
    MORE = ("close", "minutes", "share", "amend", "read")

    def test_a_stranger_and_a_unit_without_basis_find_no_page(self, course):
        other = another_sector(course)
        meeting = a_meeting(course, "kickoff", other)
        held(course, meeting)
        shared(course, meeting)
        for actor in (a_stranger(), other):
            client = browser(actor)
            for name in (*self.NAMES, *self.MORE):
                for send in (client.get, client.post):
                    answer = send(page(course, name, meeting.pk))
                    assert answer.status_code in (NOWHERE, 405), name
            assert str(meeting.pk) not in client.get(reverse("meetings:mine")).content.decode()

    def test_ids_of_another_course_lead_nowhere(self, course):
        elsewhere = a_course(course.anna)
        meeting = a_meeting(elsewhere)
        client = browser(course.anna)
        assert client.get(page(course, "meeting", meeting.pk)).status_code == NOWHERE
        mine = a_meeting(course)
        invitation = the_invitation(elsewhere, meeting, Guest(name=NETWORK))
        assert client.get(page(course, "reply", mine.pk, invitation)).status_code == NOWHERE

    def test_where_somebody_protected_is_stands_on_a_page_of_its_own(self, course, anna):
        meeting = a_meeting(course, place=Place(PlaceCode.HOME, "Skovvej 4", is_secret=True))
        for name in ("meeting", "screen"):
            assert "Skovvej" not in words(anna.get(page(course, name, meeting.pk)))
        assert "Skovvej 4" in words(anna.get(page(course, "place", meeting.pk)))
        teacher = browser(takes_part(course, course.teacher()))
        assert teacher.get(page(course, "place", meeting.pk)).status_code == NOWHERE


class TestOwn:
    def test_a_citizen_has_a_door_of_their_own(self):
        assert browser(a_citizen()).get(reverse("meetings:mine")).status_code == NOWHERE

    def test_lists_the_meetings_one_is_invited_to(self, course, anna):
        a_meeting(course)
        shown = words(anna.get(reverse("meetings:mine")))
        assert "Fælles opstartsmøde" in shown
        assert "Om 7 dage" in shown

    def test_every_page_opens(self, course, anna):
        meeting = a_meeting(course)
        a_point(course, meeting)
        own = the_invitation(course, meeting, Guest(post=course.anna.membership_id))
        names = [name for name in TestWall.NAMES if name != "place"]
        for name in names:
            assert anna.get(page(course, name, meeting.pk)).status_code == 200, name
        anna.post(page(course, "reply", meeting.pk, own), {"answer": "coming", "words": ""})
        anna.post(page(course, "invite", meeting.pk), {"network": "Onkel Ole"})
        anna.post(
            page(course, "move", meeting.pk),
            {"on": danish(TODAY + 2 * WEEK), "at": "9", "length": "45", "reason": "Far skal til læge."},
        )
        shown = words(anna.get(page(course, "meeting", meeting.pk)))
        for said in ("Onkel Ole", "Far skal til læge.", "9.00", "Kommer"):
            assert said in shown
        thread = the_whole(course, meeting).points[1].thread
        anna.post(page(course, "move_point", meeting.pk, thread))
        anna.post(page(course, "drop_point", meeting.pk, thread))
        assert thread not in {one.thread for one in the_whole(course, meeting).points}
        held(course, meeting)
        shared(course, meeting)
        amended = anna.get(page(course, "amend", meeting.pk)).context["form"].initial
        anna.post(
            page(course, "amend", meeting.pk),
            {"text": "Nu er det rigtigt.", "reason": "Slåfejl.", "based_on": str(amended["based_on"])},
        )
        assert "Slåfejl." in words(anna.get(page(course, "minutes", meeting.pk)))
        called_off = a_meeting(course, "status")
        anna.post(page(course, "cancel", called_off.pk), {"reason": "Ingen kunne."})
        assert "Ingen kunne." in words(anna.get(page(course, "meetings")))
