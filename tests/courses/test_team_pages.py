"""The pages of the team and of handing over: they work without script and tell strangers nothing."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from samspil.collaboration.courses.models import Handover, HandoverAnswer, Participant
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Membership
from tests.browsing import FormClient
from tests.factories.access import a_leader, a_stranger, an_actor
from tests.factories.owner import as_owner
from tests.factories.teams import ATeam, a_team

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_danish() -> Iterator[None]:
    with translation.override("da"):
        yield


@pytest.fixture
def team() -> ATeam:
    return a_team()


def browser(actor: Actor) -> Client:
    client = FormClient()
    with as_owner():
        account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, backend="samspil.foundation.accounts.backends.LocalLogin")
    client.cookies[cookies.name()] = wall.open_session(actor.account_id, actor.membership_id)
    return client


def words(response: Any) -> str:
    text = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())


def at(name: str, team: ATeam, *more: Any, **asked: str) -> str:
    address = reverse(f"courses:{name}", args=[team.space, *more])
    return address + ("?" + "&".join(f"{key}={value}" for key, value in asked.items()) if asked else "")


def name_of(actor: Actor) -> str:
    with as_owner():
        return Membership.objects.select_related("staff").get(pk=actor.membership_id).staff.name


def part_of(actor: Actor, team: ATeam) -> Participant:
    with as_owner():
        return Participant.objects.get(space=team.space, membership=actor.membership_id)


class TestTeam:
    def test_says_who_takes_part_as_what_and_who_is_missing(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_team")
        shown = words(browser(team.anna).get(at("team", team)))
        assert name_of(bo) in shown
        assert "VIA-teamet" in shown
        assert "Har ikke svaret endnu" in shown
        assert "Koordinerer" in shown
        assert "Koordinator i kommunen" in shown  # asked for, and nobody there

    def test_a_member_sees_it_and_gets_no_button(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_team")
        shown = words(browser(bo).get(at("team", team)))
        assert "Tag en kollega med" not in shown
        assert "Det gør kun forløbets koordinator" in shown
        assert "Sig ja" in shown

    @pytest.mark.parametrize("page", ["team", "name_part", "accept", "hand_over"])
    def test_strangers_learn_nothing(self, team: ATeam, page: str) -> None:
        assert browser(a_stranger()).get(at(page, team)).status_code == 404
        assert browser(a_stranger()).post(at(page, team), {}).status_code in (404, 405)
        assert browser(team.anna).get(reverse(f"courses:{page}", args=[uuid4()])).status_code == 404

    def test_only_who_coordinates_lets_in_and_ends(self, team: ATeam) -> None:
        bo = team.colleague()
        part = team.name(bo, "region_team")
        there = browser(bo)
        for page in (at("name_part", team), at("end_part", team, part.pk), at("hand_over", team)):
            assert there.get(page).status_code == 403
            assert there.post(page, {}).status_code == 403


class TestLetIn:
    def sent(self, who: Actor, **more: Any) -> dict[str, Any]:
        return {
            "membership": str(who.membership_id),
            "role": "region_team",
            "categories": ["1", "4"],
            **more,
        }

    def page(self, team: ATeam, who: Actor) -> str:
        with as_owner():
            post = Membership.objects.get(pk=who.membership_id)
        return at("name_part", team, unit=str(post.unit_id))

    def test_by_name_with_what_it_opens(self, team: ATeam) -> None:
        bo, anna = team.colleague(), browser(team.anna)
        page = at("name_part", team, colleague=name_of(bo).replace(" ", "+"))
        assert name_of(bo) in words(anna.get(page))
        looked = words(anna.post(page, self.sent(bo, _look="1")))
        assert "Det kan modtageren se" in looked
        with as_owner():
            assert not Participant.objects.filter(membership=bo.membership_id)
        assert anna.post(page, self.sent(bo)).url == at("team", team)
        assert part_of(bo, team).role == "region_team"

    def test_a_unit_with_a_consent_is_offered_and_one_without_is_not(self, team: ATeam) -> None:
        carl, outside = team.neighbour(), an_actor()
        anna = browser(team.anna)
        assert name_of(carl) in words(anna.get(self.page(team, carl)))
        assert name_of(outside) not in words(anna.get(self.page(team, outside)))
        assert anna.post(self.page(team, outside), self.sent(outside)).status_code == 200
        with as_owner():
            assert not Participant.objects.filter(membership=outside.membership_id)

    def test_a_person_twice(self, team: ATeam) -> None:
        bo = team.colleague()
        team.name(bo, "region_team")
        shown = words(browser(team.anna).post(self.page(team, bo), self.sent(bo, role="municipal_service")))
        assert f"{name_of(bo)} er allerede med, som VIA-teamet" in shown

    def test_two_coordinators(self, team: ATeam) -> None:
        carl, dorte = team.neighbour(), team.neighbour()
        team.name(carl, "municipal_coordinator")
        anna, sent = browser(team.anna), self.sent(dorte, role="municipal_coordinator")
        shown = words(anna.post(self.page(team, dorte), sent))
        assert f"{name_of(carl)} er allerede Koordinator i kommunen" in shown
        assert "overdragelse" in shown
        assert anna.post(self.page(team, dorte), {**sent, "succeeds": "on"}).status_code == 302

    def test_topics_beyond_the_role(self, team: ATeam) -> None:
        teacher = team.colleague(RoleKey.SCHOOL_CONTACT)
        shown = words(
            browser(team.anna).post(self.page(team, teacher), self.sent(teacher, categories=["1", "32"]))
        )
        assert "omfatter ikke: Helbred" in shown

    def test_a_colleague_of_another_unit_without_basis(self, team: ATeam) -> None:
        from tests.factories.access import a_colleague_of_another_unit

        other = a_colleague_of_another_unit(team.space)
        shown = words(browser(team.anna).post(self.page(team, other), self.sent(other)))
        assert "som intet samtykke og ingen lov åbner for" in shown

    @pytest.mark.parametrize(
        "wrong",
        [
            {"role": "child"},
            {"role": "headmaster"},
            {"membership": str(uuid4())},
            {"membership": "\x00"},
            {"categories": []},
            {"categories": ["512"]},
        ],
    )
    def test_what_cannot_be_saves_nothing(self, team: ATeam, wrong: dict[str, Any]) -> None:
        bo = team.colleague()
        assert browser(team.anna).post(self.page(team, bo), self.sent(bo, **wrong)).status_code == 200
        with as_owner():
            assert not Participant.objects.filter(membership=bo.membership_id)

    def test_sent_twice_is_done_once(self, team: ATeam) -> None:
        bo, anna = team.colleague(), browser(team.anna)
        key = {"headers": {"Idempotency-Key": "x" * 32}}
        for _time in range(2):
            anna.post(self.page(team, bo), self.sent(bo), **key)
        assert part_of(bo, team)


class TestEndAndAccept:
    def test_an_ended_part_closes_the_course(self, team: ATeam) -> None:
        bo = team.colleague()
        part = team.name(bo, "region_team")
        sent = browser(team.anna).post(at("end_part", team, part.pk), {"last_day": ""})
        assert sent.status_code == 302
        assert browser(bo).get(at("team", team)).status_code == 404

    def test_the_coordinators_own_part_stays(self, team: ATeam) -> None:
        own = part_of(team.anna, team)
        shown = words(browser(a_leader(of=team.space)).post(at("end_part", team, own.pk), {"last_day": ""}))
        assert "Overdrag koordineringen først" in shown

    @pytest.mark.parametrize("day", ["31.2.2027", "1.1.2020", "1.1.4000"])
    def test_impossible_days(self, team: ATeam, day: str) -> None:
        bo = team.colleague()
        part = team.name(bo, "region_team")
        assert browser(team.anna).post(at("end_part", team, part.pk), {"last_day": day}).status_code == 200

    def test_parts_of_other_courses_are_no_page(self, team: ATeam) -> None:
        other = a_team()
        part = part_of(other.anna, other)
        assert browser(team.anna).get(at("end_part", team, part.pk)).status_code == 404

    def test_the_coordinator_says_yes(self, team: ATeam) -> None:
        carl = team.neighbour()
        team.name(carl, "municipal_coordinator")
        there = browser(carl)
        shown = words(there.get(at("accept", team)))
        assert "Du er spurgt, om du vil være: Koordinator i kommunen" in shown
        assert "Når du siger ja, koordinerer du forløbet" in shown
        assert there.post(at("accept", team), {}).status_code == 302
        assert team.batons() == [carl.membership_id]
        assert "Intet venter på dit ja" in words(there.get(at("accept", team)))


class TestHandover:
    def asked(self, team: ATeam) -> tuple[Actor, Handover]:
        carl = team.neighbour()
        team.name(carl, "municipal_coordinator")
        anna = browser(team.anna)
        sent = anna.post(
            at("hand_over", team),
            {
                "to": str(carl.membership_id),
                "kind": "sector",
                "why": "Behandlingen er slut.",
                "matters": "Alma vil gerne beholde sin cykel.",
            },
        )
        with as_owner():
            row = Handover.objects.get()
        assert sent.url == at("handover", team, row.pk)
        return carl, row

    def test_asked_read_and_taken_with_a_receipt(self, team: ATeam) -> None:
        carl, row = self.asked(team)
        there = browser(carl)
        assert there.get(at("accept", team)).url == at("handover", team, row.pk)
        shown = words(there.get(at("handover", team, row.pk)))
        assert f"{name_of(team.anna)} spørger, om du vil overtage" in shown
        assert "beholde sin cykel" in shown
        assert "Fælles opstartsmøde" in shown
        assert there.post(at("accept_handover", team, row.pk)).status_code == 302
        receipt = words(browser(team.anna).get(at("handover", team, row.pk)))
        assert "Kvittering: koordineringen er overdraget" in receipt
        assert name_of(carl) in receipt
        assert team.batons() == [carl.membership_id]
        again = words(there.post(at("accept_handover", team, row.pk), follow=True))
        assert "Der er allerede svaret" in again

    def test_declined_with_a_reason(self, team: ATeam) -> None:
        carl, row = self.asked(team)
        there = browser(carl)
        assert "Udfyld: Hvorfor siger du nej?" in words(there.post(at("decline_handover", team, row.pk), {}))
        there.post(at("decline_handover", team, row.pk), {"reason": "Jeg går på orlov."})
        assert team.batons() == [team.anna.membership_id]
        assert f"{name_of(carl)} har sagt nej" in words(browser(team.anna).get(at("handover", team, row.pk)))

    def test_taken_back(self, team: ATeam) -> None:
        carl, row = self.asked(team)
        assert browser(carl).post(at("withdraw_handover", team, row.pk)).status_code == 403
        browser(team.anna).post(at("withdraw_handover", team, row.pk))
        browser(carl).post(at("accept_handover", team, row.pk))
        with as_owner():
            assert HandoverAnswer.objects.get().answer == "withdrawn"
        assert team.batons() == [team.anna.membership_id]

    def test_nobody_else_answers(self, team: ATeam) -> None:
        _carl, row = self.asked(team)
        anna, no = browser(team.anna), at("decline_handover", team, row.pk)
        anna.post(at("accept_handover", team, row.pk))
        assert anna.get(no).status_code == 404, "only who is asked finds the form of a no"
        assert anna.post(no, {"reason": "Nej."}).status_code == 404
        with as_owner():
            assert not HandoverAnswer.objects.all()

    def test_nobody_to_hand_over_to(self, team: ATeam) -> None:
        assert "Ingen af dem, der er med, kan overtage endnu" in words(
            browser(team.anna).get(at("hand_over", team))
        )

    def test_handovers_of_other_courses_are_no_page(self, team: ATeam) -> None:
        _carl, row = self.asked(team)
        other = a_team()
        for page in ("handover", "decline_handover"):
            assert browser(other.anna).get(at(page, other, row.pk)).status_code == 404
            assert browser(other.anna).get(at(page, team, row.pk)).status_code == 404
        for page in ("accept_handover", "withdraw_handover"):
            assert browser(other.anna).post(at(page, team, row.pk)).status_code == 404
            assert browser(team.anna).get(at(page, team, row.pk)).status_code == 405

    def test_it_waits_on_the_worklist_of_the_one_asked(self, team: ATeam) -> None:
        carl, row = self.asked(team)
        question, role = (
            f'href="{at(page, team, *ids)}"' for page, ids in (("handover", [row.pk]), ("accept", []))
        )
        page = browser(carl).get("/").content.decode()
        assert question in page
        assert role not in page
        assert question not in browser(team.anna).get("/").content.decode()
        browser(team.anna).post(at("withdraw_handover", team, row.pk))
        page = browser(carl).get("/").content.decode()
        assert question not in page
        assert role in page
