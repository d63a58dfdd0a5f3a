"""The pages of adopting, running, owning and comparing models: what they show, and to whom."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from samspil.collaboration.programmes import queries
from samspil.collaboration.programmes.models import Adoption
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from tests.factories.access import acting, an_actor
from tests.factories.courses import a_course, a_version
from tests.factories.models import (
    TODAY,
    a_variant,
    adopted,
    an_administrator,
    an_adviser,
    colleague_of,
    left_out,
    own_step,
)
from tests.workplace.test_overview import browser

pytestmark = pytest.mark.django_db
WHOLE = ("sammen-om-familien", "2021")
PARTS = ("bti", "2012-adapted-2024")


@pytest.fixture(autouse=True)
def _stored() -> None:
    a_version()


def pk(name: tuple[str, str]) -> UUID:
    found = queries.version_of(*name)
    assert found is not None
    return found.pk


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def sent(actor: Actor, name: tuple[str, str], **given: str | list[str]) -> Any:
    first = {"starts": TODAY.isoformat(), "initiative": "none", "reason": "", "own_count": "0"}
    return browser(actor).post(reverse("programmes:adopt", args=name), {**first, **given})


class TestAdopt:
    def test_the_first_step_says_that_nothing_holds_yet(self):
        page = text(browser(an_administrator()).get(reverse("programmes:adopt", args=WHOLE)))
        assert "Intet gælder før" in page
        assert "I bruger den til afprøvning" in page
        assert "Udbredelse af koordinerede indsatser" in page

    def test_what_is_locked_says_why(self):
        page = text(sent(an_administrator(), WHOLE, _here="options", _go="next"))
        assert "Social- og Boligstyrelsen har udgivet det som kerneelement" in page
        assert 'value="step:follow-up-talk"' not in page
        assert "Det følger af loven og kan ikke fravælges." in page
        assert 'value="step:first-follow-up"' not in page

    def test_what_is_left_out_asks_for_its_reason_before_it_goes_on(self):
        poul, gone = an_administrator(), "core_element:log"
        page = text(sent(poul, PARTS, _here="leave", _go="next", leaves=[gone]))
        assert "Hvorfor fravælger I" in page
        again = text(sent(poul, PARTS, _here="why", _go="next", leaves=[gone]))
        assert "Skriv, hvorfor I fravælger" in again
        assert not Adoption.objects.exists()

    def test_a_locked_part_that_is_sent_all_the_same_is_refused(self):
        page = text(
            sent(an_administrator(), WHOLE, _here="check", _go="adopt", leaves=["step:follow-up-talk"])
        )
        assert "Noget mangler eller er forkert" in page
        assert not Adoption.objects.exists()

    def test_it_says_which_part_and_why(self):
        page = text(
            sent(an_administrator(), WHOLE, _here="leave", _go="next", leaves=["step:follow-up-talk"])
        )
        assert "kan ikke fravælges: Det hører til et kerneelement" in page
        assert "Det, I fravælger" in page

    def test_what_the_initiative_asks_is_said_where_it_is_chosen(self):
        poul, roll_out = an_administrator(), "handicap-udbredelse"
        page = text(sent(poul, WHOLE, _here="how", _go="next", initiative=roll_out))
        assert "Skriv, hvorfor I vælger denne model." in page
        adopted(poul, pk(WHOLE), initiative=roll_out, reason="Få sager.")
        other = ("en-familie-en-indgang", "2021-finansiering")
        page = text(sent(poul, other, _here="how", _go="next", initiative=roll_out, reason="Begge."))
        assert "præcis én model" in page
        assert "Begge.</textarea>" in page, "nothing that was written is lost"

    def test_two_tabs_and_the_second_sees_what_the_first_did(self):
        poul = an_administrator()
        adopted(poul, pk(PARTS))
        page = text(browser(poul).get(reverse("programmes:adopt", args=PARTS)))
        [seen] = re.findall(r'name="_version" value="([0-9a-f]+)"', page)
        adopted(poul, pk(PARTS), reason="Skrevet i den anden fane.")
        late = {"_here": "check", "_go": "adopt", "_version": seen, "reason": "Skrevet i denne."}
        page = text(sent(poul, PARTS, **late))
        assert "En anden har ændret det her" in page
        assert "Skrevet i den anden fane." in page
        assert "Skrevet i denne." in page
        assert Adoption.objects.count() == 2
        [seen] = re.findall(r'name="_version" value="([0-9a-f]+)"', page)
        assert sent(poul, PARTS, **{**late, "_version": seen}).status_code == 302

    def test_a_newer_version_is_seen_and_what_fits_comes_along(self):
        poul, old = an_administrator(), ("en-familie-en-indgang", "2021-finansiering")
        new = ("en-familie-en-indgang", "2022-beslutningskompetence")
        changed = a_variant(
            pk(old), choices={"financing-form": "pool"}, leaves_out=(left_out("tool", "network-map"),)
        )
        adopted(poul, pk(old), variant=changed)
        client = browser(poul)
        page = text(client.get(reverse("programmes:ours")))
        assert "Der er en nyere version: 2022 (beslutningskompetence)" in page
        assert reverse("programmes:adopt", args=new) in page
        page = text(client.get(reverse("programmes:adopt", args=new)))
        assert "Fravalgt: Netværkskort" in page
        assert "Det her passer ikke i 2022 (beslutningskompetence)" in page
        assert 'value="tool:network-map"' in page

    def test_step_by_step_to_the_end(self):
        poul = an_administrator()
        own = {
            "own_count": "1",
            "own_0_title": "Besøg på skolen",
            "own_0_what": "Hør, hvordan det går.",
            "own_0_phase": queries.definition(pk(PARTS)).phases[0].key,
            "own_0_who": queries.definition(pk(PARTS)).roles[0].key,
            "own_0_within": "3",
            "own_0_unit": "W",
            "own_0_after": "course.opened",
            "own_0_every": "",
            "own_0_shown": "meeting",
        }
        look = text(sent(poul, PARTS, _here="own", _go="next", **own))
        assert "Tilføjet: Besøg på skolen" in look
        assert "Jeres egen tilpasning" in look
        answer = sent(poul, PARTS, _here="check", _go="adopt", **own)
        assert answer.status_code == 302
        [row] = Adoption.objects.all()
        step = next(one for one in queries.definition(row.runs_id).steps if one.is_own)
        assert (step.key, step.due.within) == ("own-besoeg-paa-skolen", "P3W")
        assert step.evidence.where == {"kind": "own-besoeg-paa-skolen"}
        again = text(browser(poul).get(reverse("programmes:adopt", args=PARTS)))
        assert "Ret, hvordan I kører modellen" in again
        assert 'value="Besøg på skolen"' in again

    def test_two_steps_with_one_name_are_refused_on_the_form(self):
        twice = {"own_count": "2"}
        for number in range(2):
            twice |= {
                f"own_{number}_title": "Besøg",
                f"own_{number}_phase": queries.definition(pk(PARTS)).phases[0].key,
                f"own_{number}_who": "baton",
                f"own_{number}_within": "3",
                f"own_{number}_unit": "W",
                f"own_{number}_after": "course.opened",
                f"own_{number}_shown": "contact",
            }
        assert "To trin hedder »Besøg«" in text(
            sent(an_administrator(), PARTS, _here="check", _go="adopt", **twice)
        )

    @pytest.mark.parametrize("role", [RoleKey.CASEWORKER, RoleKey.PRIVACY_OFFICER])
    def test_others_are_turned_away(self, role: RoleKey):
        assert browser(an_actor(role)).get(reverse("programmes:adopt", args=WHOLE)).status_code == 403


class TestOurs:
    def test_in_use_and_to_take_up(self, django_assert_max_num_queries):
        poul = an_administrator()
        adopted(poul, pk(PARTS), variant=a_variant(pk(PARTS), leaves_out=(left_out("core_element", "log"),)))
        client = browser(poul)
        page = text(client.get(reverse("programmes:ours")))
        assert "1 forskel" in page
        assert reverse("programmes:adopt", args=WHOLE) in page

    def test_stopping(self):
        poul = an_administrator()
        adopted(poul, pk(PARTS))
        client = browser(poul)
        form = {"starts": TODAY.isoformat(), "reason": "Vi er færdige."}
        assert client.post(reverse("programmes:stop", args=["bti"]), form).status_code == 302
        assert "Ikke i brug fra" in text(client.get(reverse("programmes:ours")))
        assert client.get(reverse("programmes:stop", args=["bti"])).status_code == 404


class TestVariant:
    def test_everybody_at_work_reads_the_differences_and_which_core_elements_are_gone(self):
        poul = an_administrator()
        variant = a_variant(
            pk(PARTS), leaves_out=(left_out("core_element", "log"),), adds=(own_step(pk(PARTS)),)
        )
        row = adopted(poul, pk(PARTS), variant=variant)
        address = reverse("programmes:variant", args=[row.runs_id])
        page = text(browser(an_actor()).get(address))
        assert "Kerneelementer, der er fravalgt:" in page
        assert "Tilføjet: Besøg på skolen" in page
        assert 'id="own-skolebesoeg"' in page
        assert "Udkast, ikke godkendt af Social- og Boligstyrelsen" in page
        assert "Ret jeres udgave" not in page
        assert "Ret jeres udgave" in text(browser(poul).get(address))

    def test_a_course_says_in_one_line_whose_version_it_runs(self):
        via = a_version()
        anna = a_course().anna
        row = adopted(colleague_of(anna, RoleKey.LEADER), via, variant=a_variant(via, adds=(own_step(via),)))
        course = a_course(anna, opened_on=TODAY)
        page = text(browser(anna).get(reverse("workplace:course", args=[course.space])))
        assert "s udgave: 1 forskel" in page
        assert reverse("programmes:variant", args=[row.runs_id]) in page
        contact = text(browser(anna).get(reverse("courses:contact", args=[course.space])))
        assert "Besøg på skolen" in contact  # the own step's own words, not its key


class TestOwner:
    def test_all_variants_side_by_side_without_families(self):
        version = pk(PARTS)
        for _number in range(2):
            adopted(an_administrator(), version, variant=a_variant(version, adds=(own_step(version),)))
        adopted(an_administrator(), version)
        page = text(browser(an_adviser()).get(reverse("programmes:variants", args=PARTS)))
        assert page.count('<th scope="col">') == 4
        assert "som skrevet" in page

    def test_a_trial_shows_what_differs(self):
        name = ("en-familie-en-indgang", "2022-beslutningskompetence")
        page = text(browser(an_adviser()).get(reverse("programmes:trial", args=name)))
        assert "Nøgle for fælles betaling" in page
        assert "Falder væk" in page

    def test_published_it_is_a_draft_nowhere(self):
        name = ("en-familie-en-indgang", "2022-beslutningskompetence")
        client = browser(an_adviser())
        address = reverse("programmes:publish", args=name)
        assert client.post(address, {"words": "Besluttet i styregruppen."}).status_code == 302
        page = text(Client().get(reverse("programmes:model", args=name)))
        assert "Udkast" not in page
        assert "Besluttet i styregruppen." in page
        before = text(Client().get(reverse("programmes:model", args=[name[0], "2021-finansiering"])))
        assert "Afløst af 2022 (beslutningskompetence)" in before
        assert 'name="words"' not in text(client.get(address))
        again = text(client.post(address, {"words": "Igen."}))
        assert "En udgivet version ændres aldrig" in again

    def test_another_agency_sees_none_of_it(self):
        client = browser(an_adviser("Sundhedsstyrelsen"))
        assert "I ejer ingen model" in text(client.get(reverse("programmes:owned")))
        for page in ("trial", "variants", "publish"):
            assert client.get(reverse(f"programmes:{page}", args=PARTS)).status_code == 403


class TestCompare:
    def test_without_log_in(self):
        names = {"a": "styrket-familiebehandling/2020", "b": "styrket-familiebehandling/2023"}
        page = text(Client().get(reverse("programmes:compare"), names))
        assert "entaliseringsbaseret" in page
        assert "Slutevalueringen fandt" in page
        assert "Vælg to versioner" in text(Client().get(reverse("programmes:compare")))

    def test_the_same_twice(self):
        names = {"a": "bti/2012-adapted-2024", "b": "bti/2012-adapted-2024"}
        assert "De er ens" in text(Client().get(reverse("programmes:compare"), names))


def test_nothing_of_a_variant_is_read_twice(django_assert_num_queries):
    """Once read in a process, whose variant a course runs costs no query."""
    row = adopted(an_administrator(), pk(PARTS), variant=a_variant(pk(PARTS), adds=(own_step(pk(PARTS)),)))
    with acting(an_actor()):
        queries.local_version(row.runs_id)
        with django_assert_num_queries(0):
            queries.local_version(row.runs_id)
