"""The pages on which a course is closed: four steps, for the coordinator, and a copy for each reader."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from samspil.collaboration.courses import acts, queries
from samspil.collaboration.courses.models import FamilyCopy
from samspil.collaboration.plans import actions as plans
from samspil.collaboration.plans.rules import Doer, GoalText
from samspil.collaboration.sharing.presenters import Line
from samspil.doors.workplace.forms import Consents
from samspil.foundation.access import cookies, wall
from samspil.foundation.access.models import Item
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.web import pdf
from tests.browsing import FormClient
from tests.factories.access import a_stranger, a_team_member, acting
from tests.factories.closing import AnEnd, an_end
from tests.factories.courses import TODAY
from tests.factories.owner import as_owner
from tests.workplace.test_overview import invented

pytestmark = pytest.mark.django_db

STEPS = ("close", "remains", "consents", "copies", "end")


def browser(actor: Actor) -> Client:
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
def end() -> AnEnd:
    return an_end()


@pytest.fixture
def signe(end: AnEnd) -> Client:
    return browser(end.signe)


def at(end: AnEnd, name: str, *more: object) -> str:
    return reverse(f"workplace:{name}", args=[end.space, *more])


def pdf_of(response) -> PdfReader:
    return PdfReader(BytesIO(response.content))


def permitted(name: str, receiver: str, topics, *, may_end: bool = True):
    """What a person has said of a receiver, as the page of consents takes it."""
    return {
        uuid4(): (name, Line(None, f"emne {one}", receiver, "", "done", "Givet", "til 1. maj", may_end))
        for one in topics
    }


class TestTheFourSteps:
    def test_from_the_first_to_the_last(self, end: AnEnd, signe: Client) -> None:
        first = words(signe.get(at(end, "close")))
        assert "1. Hvad er der tilbage, og hvem tager over" in first
        assert "Når de andre er gjort" in first
        assert signe.get(at(end, "end")).url == at(end, "close")

        answer = signe.post(at(end, "remains"), {"now": "Skolen følger Alma. Ring til Signe."})
        assert answer.url == at(end, "close")
        assert signe.post(at(end, "consents"), {"why": ""}).url == at(end, "close")
        for reader in (end.mette, end.jens, end.noah):
            made = signe.post(at(end, "copy", reader.subject_id), {})
            assert made.url == at(end, "copy", reader.subject_id)
            given = signe.post(at(end, "copy_given", reader.subject_id), {"given": "yes"})
            assert given.url == at(end, "copies")

        assert "Familien har det, den har brug for" in words(signe.get(at(end, "end")))
        closed = signe.post(at(end, "end"), {"reason": "goals-reached", "retention": "family-case"})
        assert closed.url == at(end, "close")
        assert "Afsluttet" in words(signe.get(at(end, "close")))
        with acting(end.signe) as actor:
            assert queries.closing_of(actor, end.space) is not None

    def test_what_is_missing_stands_on_the_form_and_changes_nothing(self, end: AnEnd, signe: Client) -> None:
        assert signe.post(at(end, "remains"), {"now": ""}).status_code == 200
        assert end.ending().whole is None
        end.ready()
        answer = signe.post(
            at(end, "end"),
            {"reason": "goals-reached", "retention": "family-case", "closed_on": "1. januar 1990"},
        )
        assert answer.status_code == 200
        early = {"reason": "goals-reached", "retention": "family-case", "closed_on": "01.01.1990"}
        assert "før det blev åbnet" in words(signe.post(at(end, "end"), early))
        with acting(end.signe) as actor:
            assert queries.closing_of(actor, end.space) is None

    def test_consents_are_looked_at_by_person_and_receiver_and_stop_in_part(self) -> None:
        lines = permitted("Alma Lund", "Skolen", (1, 2)) | permitted("Alma Lund", "Jobcentret", (1,))
        lines |= permitted("Noah Lund", "Skolen", (1,), may_end=False)
        form = Consents(lines=lines)
        alma, noah = form.people
        assert [len(alma.asked), len(alma.others), len(noah.asked), len(noah.others)] == [2, 0, 0, 1]
        both, one = form.asked
        assert [key for key, _word in form.fields[f"basis_{both.key}"].choices] == ["keep", "stop", "some"]
        assert [key for key, _word in form.fields[f"basis_{one.key}"].choices] == ["keep", "stop"]

        said = {f"basis_{both.key}": "some", f"basis_{one.key}": "keep"}
        with override("da"):
            assert "Vælg, hvad der stopper." in str(Consents(said, lines=lines).errors)
            stopped = next(iter(both.lines))
            said |= {f"some_{both.key}": [str(stopped)]}
            assert "Skriv, hvorfor det stopper." in str(Consents(said, lines=lines).errors)
        done = Consents({**said, "why": "Ikke brug for det"}, lines=lines)
        assert done.is_valid()
        assert {key for key, why in done.answers.items() if why} == {stopped}
        assert set(done.answers) == set(lines)

    def test_a_consent_that_came_since_the_page_was_opened_is_asked_about(self) -> None:
        before = permitted("Alma Lund", "Skolen", (1,))
        [one] = Consents(lines=before).asked
        since = before | permitted("Alma Lund", "Skolen", (2,))
        assert not Consents({f"basis_{one.key}": "keep"}, lines=since).is_valid()

    def test_an_open_agreement_asks_for_its_words(self, end: AnEnd, signe: Client) -> None:
        with acting(end.signe) as actor:
            made = plans.make_agreement(
                actor=actor,
                space=end.space,
                subjects=[end.alma.subject_id],
                what="Signe ringer til skolen",
                doer=Doer(post=end.signe.membership_id),
                due_on=TODAY,
                made_on=TODAY,
                today=TODAY,
            )
        assert "Signe ringer til skolen" in words(signe.get(at(end, "remains")))
        field = f"left_{made.pk}"
        assert signe.post(at(end, "remains"), {"now": "Slut."}).status_code == 200
        assert signe.post(at(end, "remains"), {"now": "Slut.", field: "Skolen gør det."}).status_code == 302
        again = signe.get(at(end, "remains")).content.decode()
        assert "Skolen gør det." in again

    @pytest.mark.parametrize("step", STEPS)
    def test_strangers_learn_nothing_and_colleagues_why(self, end: AnEnd, step: str) -> None:
        assert browser(a_stranger()).get(at(end, step)).status_code == 404
        refused = browser(a_team_member(of=end.space)).get(at(end, step))
        assert refused.status_code == 403
        assert "koordinator" in words(refused)

    def test_the_steps_of_the_model_lead_here(self, end: AnEnd) -> None:
        with acting(end.signe) as actor:
            rows = queries.due_rows(actor, end.course, TODAY)
        [review] = [one for one in rows if one.step == "closing-review"]
        offer = acts.offer(review, end.space)
        assert offer is not None
        assert offer.url.startswith(at(end, "consents"))


class TestCopies:
    def test_the_file_is_fetched_by_its_maker_alone(self, end: AnEnd, signe: Client) -> None:
        end.written()
        where = at(end, "copy_file", end.mette.subject_id)
        assert signe.get(where).status_code == 404
        signe.post(at(end, "copy", end.mette.subject_id), {})
        file = signe.get(where)
        assert file["Content-Type"] == "application/pdf"
        assert "attachment" in file["Content-Disposition"]
        for other in (a_team_member(of=end.space), a_stranger()):
            assert browser(other).get(where).status_code in {403, 404}

    def test_of_somebody_who_gets_none_there_is_no_page(self, end: AnEnd, signe: Client) -> None:
        for nobody in (end.alma.subject_id, uuid4()):
            for name in ("copy", "copy_file", "copy_given"):
                assert signe.get(at(end, name, nobody)).status_code == 404

    def test_is_accessible_danish_and_says_what_happens_now(self, end: AnEnd, signe: Client) -> None:
        end.written()
        signe.post(at(end, "copy", end.mette.subject_id), {})
        read = pdf_of(signe.get(at(end, "copy_file", end.mette.subject_id)))
        root = read.trailer["/Root"]
        assert root["/Lang"] == "da-DK"
        assert root["/MarkInfo"]["/Marked"]
        assert read.metadata is not None
        assert read.metadata.title == "Mette: Din kopi af forløbet"
        text = " ".join(page.extract_text() for page in read.pages)
        for said in ("Ring til Signe, hvis det bliver svært.", "Noah, Alma", "Datatilsynet", "112"):
            assert said in " ".join(text.split())

    def test_one_parents_health_is_not_in_the_others(self, end: AnEnd, signe: Client) -> None:
        from tests.courses.test_closing import a_basis

        a_basis(end, end.mette, categories=Category.HEALTH)
        end.written()
        page = {
            who.name: words(signe.get(at(end, "copy", who.subject_id)))
            for who in (end.mette, end.jens, end.noah)
        }
        assert "Mette: Helbred" in page["Mette Lund"]
        assert "Helbred" not in page["Jens Lund"]
        assert "Helbred" not in page["Noah Lund"]

    def test_says_in_words_what_the_machine_lacks(
        self, end: AnEnd, signe: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        end.written()
        monkeypatch.setattr(pdf, "missing_libraries", lambda: ["pango"])
        where = at(end, "copy", end.mette.subject_id)
        assert "Maskinen mangler pango" in words(signe.get(where))
        assert "Maskinen mangler pango" in words(signe.post(where, {}, follow=True))
        with as_owner():
            assert not FamilyCopy.objects.filter(space=end.space)
            assert not Item.objects.filter(space=end.space, kind="file")

    def test_an_unknown_child_has_no_copy_and_the_page_says_so(self, end: AnEnd, signe: Client) -> None:
        from samspil.collaboration.families import actions as families
        from samspil.collaboration.families.models import Tie

        with acting(end.signe) as actor:
            for tie in Tie.objects.filter(to=end.alma.subject_id):
                families.mark_custody_disputed(actor=actor, tie=tie, is_disputed=True, reason="Ny sag.")
        assert "om Alma Lund, står ikke i nogens kopi" in words(signe.get(at(end, "copies")))


class TestOnePage:
    def test_whom_to_call_and_what_is_agreed(self, end: AnEnd, signe: Client) -> None:
        page = words(signe.get(at(end, "one_page")))
        for said in ("Hvem kan jeg ringe til?", "Hvad vil vi gerne nå?", "Hvem gør hvad?", "Ring 112"):
            assert said in page

    def test_for_all_stands_only_what_all_may_read(self, end: AnEnd, signe: Client) -> None:
        with acting(end.signe) as actor:
            for subjects, what in (
                ([end.mette.subject_id], "Mette passer sin søvn"),
                ([end.alma.subject_id, end.noah.subject_id], "Vi spiser sammen"),
            ):
                plans.make_agreement(
                    actor=actor,
                    space=end.space,
                    subjects=subjects,
                    what=what,
                    doer=Doer(post=end.signe.membership_id),
                    due_on=TODAY,
                    made_on=TODAY,
                    today=TODAY,
                )
        page = at(end, "one_page")
        shared = words(signe.get(page))
        assert "Vi spiser sammen" in shared
        assert "passer sin søvn" not in shared
        assert "passer sin søvn" in words(signe.get(page, {"for": str(end.mette.subject_id)}))
        assert "passer sin søvn" not in words(signe.get(page, {"for": str(end.jens.subject_id)}))
        assert "passer sin søvn" not in words(signe.get(page, {"for": "nonsense"}))

    def test_a_child_gets_a_page_of_its_own_without_ladder_or_duty(self, end: AnEnd, signe: Client) -> None:
        with acting(end.signe) as actor:
            plans.make_agreement(
                actor=actor,
                space=end.space,
                subjects=[end.alma.subject_id],
                what="Alma rydder op",
                doer=Doer(person=end.alma.subject_id),
                due_on=TODAY,
                made_on=TODAY,
                today=TODAY,
            )
        asked = {"for": str(end.alma.subject_id)}
        page = words(signe.get(at(end, "one_page"), asked))
        for said in ("Til Alma", "Det er ikke din skyld", "116 111", "112"):
            assert said in page
        assert "rydder op" not in page
        assert "trin tilbage" not in page
        paper = pdf_of(signe.get(at(end, "one_page_pdf"), asked))
        assert len(paper.pages) == 1
        assert "Til Alma" in paper.pages[0].extract_text()
        assert "Siden til Alma" in words(signe.get(at(end, "copies")))

    def test_fits_on_one_sheet(self, end: AnEnd, signe: Client) -> None:
        read = pdf_of(signe.get(at(end, "one_page_pdf")))
        assert len(read.pages) == 1
        assert read.trailer["/Root"]["/Lang"] == "da-DK"
        assert "Vores plan på én side" in read.pages[0].extract_text()

    def test_five_goals_and_many_agreements_fit_too(self, end: AnEnd, signe: Client) -> None:
        family = [one.subject_id for one in (end.mette, end.jens, end.alma, end.noah)]
        steps = ("Aldrig", "En gang imellem", "En aften om ugen", "To aftener", "Det er en vane")
        with acting(end.signe) as actor:
            for number in range(5):
                text = GoalText(
                    f"Vi vil have en aften om ugen, hvor vi bare er os, nummer {number}.",
                    steps=steps,
                    start=-1,
                )
                plans.write_goal(actor=actor, space=end.space, subjects=family, text=text, today=TODAY)
            for number in range(12):
                plans.make_agreement(
                    actor=actor,
                    space=end.space,
                    subjects=family,
                    what=f"Ringer til skolen og laver en fast aftale om onsdagen, nummer {number}",
                    doer=Doer(post=end.signe.membership_id),
                    due_on=TODAY,
                    made_on=TODAY,
                    today=TODAY,
                )
        read = pdf_of(signe.get(at(end, "one_page_pdf")))
        assert len(read.pages) == 1
        assert "nummer 4" in read.pages[0].extract_text()
        assert "Opdigtede tal" not in read.pages[0].extract_text()

    def test_the_demos_sheet_says_that_nothing_on_it_is_real(self, end: AnEnd, signe: Client) -> None:
        invented(end.signe)
        read = pdf_of(signe.get(at(end, "one_page_pdf")))
        assert len(read.pages) == 1
        assert "Opdigtede tal" in read.pages[0].extract_text()

    def test_a_stranger_finds_neither(self, end: AnEnd) -> None:
        client = browser(a_stranger())
        for name in ("one_page", "one_page_pdf"):
            assert client.get(at(end, name)).status_code == 404


def lix(text: str) -> float:
    """How hard a text is to read: words in a sentence, and the share of words of more than six letters."""
    found = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?:]+(?:\s|$)", text)) or 1
    return len(found) / sentences + 100 * sum(len(word) > 6 for word in found) / len(found)


def test_what_the_family_reads_is_easy(end: AnEnd, signe: Client) -> None:
    end.written()
    signe.post(at(end, "copy", end.mette.subject_id), {})
    for name, more in (("one_page_pdf", ()), ("copy_file", (end.mette.subject_id,))):
        read = pdf_of(signe.get(at(end, name, *more)))
        lines = " ".join(page.extract_text() for page in read.pages).replace("\n", ". ")
        assert lix(lines) <= 35, name


@pytest.mark.parametrize("name", ["close", "copies", "one_page"])
def test_the_number_of_queries_does_not_grow(
    end: AnEnd, signe: Client, name: str, django_assert_num_queries: Callable[..., object]
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    end.ready()
    signe.get(at(end, name))
    with CaptureQueriesContext(connection) as before:
        signe.get(at(end, name))
    with acting(end.signe) as actor:
        for number in range(5):
            plans.make_agreement(
                actor=actor,
                space=end.space,
                subjects=[end.alma.subject_id],
                what=f"Nummer {number}",
                doer=Doer(post=end.signe.membership_id),
                due_on=TODAY,
                made_on=TODAY,
                today=TODAY,
            )
    with CaptureQueriesContext(connection) as after:
        signe.get(at(end, name))
    assert len(after) == len(before)
