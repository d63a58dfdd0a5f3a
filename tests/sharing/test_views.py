"""The pages of what may be shared: they work without script, and strangers learn nothing from any of them."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.sharing import actions, law
from samspil.collaboration.sharing.models import Basis, Ending
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.kernel.sharing import Category
from tests.browsing import FormClient
from tests.factories.access import (
    a_colleague_of_another_unit,
    a_leader,
    a_stranger,
    a_team_member,
    acting,
    an_actor,
)
from tests.factories.owner import as_owner
from tests.factories.sharing import a_consent, a_family, consented, seen_by, to_unit

pytestmark = pytest.mark.django_db
TODAY = clock.today()


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


@pytest.fixture
def family():
    return a_family()


@pytest.fixture
def region(family):
    return family.receiver()


@pytest.fixture
def coordinator(family):
    return browser(family.coordinator)


def page(family, name="bases", person=None):
    return reverse(f"sharing:{name}", args=[family.space, (person or family.mette).subject_id])


def yes(family, receiver, **fields):
    """A yes of Mette about everyday life, as a browser sends it."""
    return {
        "way": "meeting",
        "receiver": f"unit:{receiver.unit_id}",
        "categories": ["4"],
        "purpose": "coordination",
        "answer": "yes",
        "said_by": [str(family.mette.subject_id)],
        **fields,
    }


class TestRegister:
    def test_who_does_not_know_the_age_reads_why_no_answer_can_be_written_down(self):
        family = a_family(alma_born=None)
        page_of = browser(family.coordinator)
        assert "hvor gammel" in words(page_of.get(page(family, "register", family.alma)))
        assert "hvor gammel" not in words(page_of.get(page(family, "register")))

    def test_a_yes_opens_and_the_page_says_so(self, family, region, coordinator):
        note = family.item(family.mette)
        sent = coordinator.post(page(family, "register"), yes(family, region))
        assert sent.url == page(family)
        assert seen_by(region, note) == {note}
        shown = words(coordinator.get(page(family)))
        assert "Givet" in shown
        assert "Ikke spurgt" in shown
        assert family.mette.name in shown

    def test_says_first_what_we_say_first_and_that_it_is_a_draft(self, family, coordinator):
        shown = words(coordinator.get(page(family, "register")))
        assert (
            "Vi spørger dig først. I få tilfælde siger loven, at vi skal eller må dele uden dit ja." in shown
        )
        assert "Skal læses af en jurist" in shown
        assert "{" not in shown

    def test_the_preview_saves_nothing(self, family, region, coordinator):
        everyday, health = (
            family.item(family.mette, kind="note"),
            family.item(family.mette, category=Category.HEALTH),
        )
        shown = words(coordinator.post(page(family, "register"), yes(family, region, _look="1")))
        seen, _head, hidden = shown.partition("Det ser modtageren ikke")
        assert "Det kan modtageren se" in seen
        assert f"Notat · Hverdag · {family.mette.name}" in seen
        assert f"Helbred · {family.mette.name}" in hidden
        assert not seen_by(region, everyday, health)
        with as_owner():
            assert not list(Basis.objects.all())

    def test_the_preview_of_a_no_shows_nothing(self, family, region, coordinator):
        family.item(family.mette)
        shown = words(coordinator.post(page(family, "register"), yes(family, region, answer="no", _look="1")))
        assert "Intet af det, jeres enhed har skrevet." in shown

    def test_a_decision_by_law(self, family, region, coordinator):
        health = family.item(family.mette, category=Category.HEALTH)
        fields = {
            "way": "statute",
            "categories": ["32"],
            "ground": "health-43-2-2",
            "reasoning": "Det er nødvendigt for barnets sikkerhed.",
            "decided_by": str(family.coordinator.membership_id),
            "last_day": (TODAY + timedelta(days=20)).isoformat(),
            "told": "conversation",
            "told_on": TODAY.isoformat(),
        }
        assert coordinator.post(page(family, "register"), yes(family, region, **fields)).status_code == 302
        assert seen_by(region, health) == {health}
        assert "Efter loven" in words(coordinator.get(page(family)))

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"said_by": []}, "Sæt kryds ved dem, der har svaret."),
            ({"starts": "31.2.2026"}, "31.2.2026"),
            ({"answer": ""}, "Vælg, hvad svaret var."),
            ({"receiver": f"unit:{uuid4()}"}, ""),
            ({"receiver": "unit:\x00"}, ""),
            ({"categories": ["256"]}, ""),
            ({"way": "statute", "told": ""}, "Vælg, hvordan personen får det at vide."),
            ({"said_by": [str(uuid4())]}, ""),
        ],
    )
    def test_what_cannot_be_is_said_on_the_form_and_the_text_is_kept(
        self, family, region, coordinator, fields, said
    ):
        answer = coordinator.post(
            page(family, "register"),
            {**yes(family, region), "reasoning": "Mit udkast", **fields, "_form": "sharing.basis"},
        )
        assert answer.status_code == 200
        assert said in words(answer)
        assert "Mit udkast" in answer.content.decode()
        with as_owner():
            assert not list(Basis.objects.all())

    def test_a_receiver_is_found_by_name(self, family, coordinator):
        with as_owner():
            from tests.factories.organisations import a_unit

            far = a_unit(name="Ambulatorium Vest")
        address = page(family, "register")
        assert str(far.pk) not in coordinator.get(address).content.decode()
        assert str(far.pk) in coordinator.get(address, {"find": "ambulatorium"}).content.decode()
        sent = {**yes(family, family.coordinator), "receiver": f"unit:{far.pk}"}
        assert coordinator.post(f"{address}?find=ambulatorium", sent).status_code == 302


class TestTheEnd:
    def test_stops_at_once_with_a_reason(self, family, region, coordinator):
        note = family.item(family.mette)
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        address = reverse("sharing:end", args=[basis.pk])
        assert coordinator.get(address).status_code == 200
        assert coordinator.post(address, {"ending": "withdrawn", "reason": ""}).status_code == 200
        assert seen_by(region, note)
        assert (
            coordinator.post(address, {"ending": "withdrawn", "reason": "Hun vil ikke mere."}).status_code
            == 302
        )
        assert not seen_by(region, note)
        assert "Trukket tilbage" in words(coordinator.get(page(family)))
        assert coordinator.post(address, {"ending": "withdrawn", "reason": "Igen."}).status_code == 404

    def test_is_not_the_receivers(self, family, region):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        there = browser(region)
        shown = there.get(reverse("sharing:basis", args=[basis.pk]))
        assert reverse("sharing:end", args=[basis.pk]) not in shown.content.decode()
        sent = there.post(reverse("sharing:end", args=[basis.pk]), {"ending": "withdrawn", "reason": "Nej."})
        assert sent.status_code == 404


class TestOneWay:
    SAID = "deler med din enhed. Din enhed deler ikke tilbage, før du har spurgt"

    def test_who_is_shared_with_is_told_until_it_shares_back(self, family, region, coordinator):
        [basis] = consented(family, a_consent(family.mette, to_unit(region)))
        there = browser(region)
        assert self.SAID in words(there.get(page(family)))
        assert self.SAID not in words(coordinator.get(page(family)))
        with acting(region):
            actions.confirm_basis(actor=region, basis=basis, today=TODAY)
        assert self.SAID not in words(there.get(page(family)))


class TestOneBasis:
    def test_shows_the_text_and_what_stood_before(self, family, region, coordinator):
        [first] = consented(family, a_consent(family.mette, to_unit(region)))
        with acting(family.coordinator):
            ended = actions.end_basis(
                actor=family.coordinator,
                basis=first,
                ending=Ending.WITHDRAWN,
                reason="Hun vil ikke mere.",
                on=TODAY,
                today=TODAY,
            )
        shown = words(coordinator.get(reverse("sharing:basis", args=[ended.pk])))
        assert "Jeg siger ja til" in shown
        assert "Teksten er uændret." in shown
        assert "Hun vil ikke mere." in shown
        assert "Givet" in shown.partition("Før det")[2]
        assert family.mette.name in shown


class TestWhoElse:
    def addresses(self, family, region):
        [basis] = consented(family, a_consent(family.mette, to_unit(region), categories=Category.HEALTH))
        return [
            page(family),
            page(family, "register"),
            reverse("sharing:basis", args=[basis.pk]),
            reverse("sharing:end", args=[basis.pk]),
        ]

    def test_strangers_find_no_such_page(self, family, region):
        addresses = self.addresses(family, region)
        for actor in (a_stranger(), a_colleague_of_another_unit(family.space), an_actor(RoleKey.CLINICIAN)):
            there = browser(actor)
            for address in addresses:
                assert there.get(address).status_code == 404, address
            for address in (addresses[1], addresses[3]):
                assert there.post(address, yes(family, region)).status_code == 404

    def test_a_topic_one_may_not_see_leaves_no_trace(self, family, region):
        _list, _register, one, _end = self.addresses(family, region)
        school = a_team_member(family.space, RoleKey.SCHOOL_CONTACT)
        family.item(family.mette)
        there = browser(school)
        shown = words(there.get(page(family)))
        assert "Helbred" not in shown
        assert "Givet" not in shown
        assert there.get(one).status_code == 404

    def test_the_leader_reads_and_does_not_register(self, family, region):
        self.addresses(family, region)
        there = browser(a_leader(family.space))
        shown = words(there.get(page(family)))
        assert "Givet" in shown
        assert "Kun den, der er med i teamet" in shown
        assert there.get(page(family, "register")).status_code == 403

    def test_of_nobody_and_of_a_person_elsewhere_is_no_page(self, family, coordinator):
        assert coordinator.get(reverse("sharing:bases", args=[family.space, uuid4()])).status_code == 404
        assert (
            coordinator.get(reverse("sharing:bases", args=[uuid4(), family.mette.subject_id])).status_code
            == 404
        )


def test_the_list_costs_the_same_with_more_rows(family, coordinator, django_assert_max_num_queries):
    receivers = [family.receiver() for _ in range(4)]
    for receiver in receivers:
        everything = Category.EVERYDAY | Category.HEALTH | Category.SOCIAL
        consented(family, a_consent(family.mette, to_unit(receiver), categories=everything))
    with django_assert_max_num_queries(30):
        shown = words(coordinator.get(page(family)))
    assert shown.count("Givet") == 4, "what was answered at once stands once, with its topics"
    assert shown.count("Helbred") == 4
    assert shown.count("sagde ja") == 4, "and who said it, and when"


def test_the_words_of_the_law_are_offered(family, coordinator):
    shown = words(coordinator.get(page(family, "register")))
    assert all(ground.section in shown for ground in law.in_force().grounds)
