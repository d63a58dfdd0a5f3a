"""The pages of the journal: they work without script, and strangers learn nothing from any of them."""

import re
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samspil.collaboration.journal import queries
from samspil.collaboration.journal.models import ChildView, Document, Note, SentNote, ShowAnswer
from samspil.foundation.access import cookies, wall
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.sharing import Category
from tests.browsing import FormClient
from tests.factories.access import a_colleague_of_another_unit, a_stranger, acting
from tests.factories.courses import TODAY, ACourse
from tests.factories.journal import (
    a_child_view,
    a_document,
    a_note,
    a_yes,
    signe_of,
    the_lunds,
)
from tests.factories.owner import as_owner

pytestmark = pytest.mark.django_db
TODAY_TYPED = f"{TODAY.day}.{TODAY.month}.{TODAY.year}"


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
def lunds() -> ACourse:
    return the_lunds()


@pytest.fixture
def karim(lunds):
    return browser(lunds.anna)


def page(course: ACourse, name: str, *more: object) -> str:
    return reverse(f"journal:{name}", args=[course.space, *more])


def a_typed_note(course, **fields):
    return {
        "kind": "note",
        "on": TODAY_TYPED,
        "subjects": [str(course.alma)],
        "category": "4",
        "text": "Alma er glad for at spille fodbold.",
        **fields,
    }


def a_typed_view(course, **fields):
    return {
        "person": str(course.alma),
        "on": TODAY_TYPED,
        "how": "talk",
        "words": "Jeg vil gerne vide, hvem jeg må ringe til.",
        "own_words": "yes",
        "category": "4",
        "answer": "not-asked",
        **fields,
    }


def a_typed_plan(**fields):
    return {
        "on": TODAY_TYPED,
        "signs__rows": "1",
        "signs__0__sign": "Sover ikke",
        "signs__0__act": "Ringer til Karim",
        "care__rows": "1",
        "tasks__rows": "2",
        "tasks__0__who": "Farmor Inge",
        "tasks__0__what": "Henter Alma",
        "tells": "Far siger det selv til Alma.",
        **fields,
    }


class TestNotes:
    def test_one_writes_reads_and_finds_it_in_the_list(self, lunds, karim):
        sent = karim.post(page(lunds, "write_note"), a_typed_note(lunds))
        assert sent.status_code == 302
        shown = words(karim.get(sent.url))
        assert "Alma er glad for at spille fodbold." in shown
        assert "Om Alma · Hverdag · Karim Aziz, VIA-teamet" in shown
        assert "Alma er glad for at spille fodbold." in words(karim.get(page(lunds, "papers")))

    def test_each_matter_says_who_reads_it(self, lunds, karim):
        signe = signe_of(lunds)
        a_yes(lunds, signe, lunds.alma, categories=Category.EVERYDAY)
        shown = words(karim.get(page(lunds, "write_note")))
        everyday, _sep, rest = shown.partition("Skole og dagtilbud")
        assert "Læses af din egen enhed og Familiehuset (Aabybro Kommune)." in everyday
        assert "Læses kun af din egen enhed. Ikke af Familiehuset (Aabybro Kommune)." in rest
        both = [str(lunds.alma), str(lunds.father)]
        looked = karim.post(page(lunds, "write_note"), a_typed_note(lunds, subjects=both, text="", _look="1"))
        assert "Læses af din egen enhed og" not in words(looked)
        assert "Der mangler noget" not in words(looked)

    def test_is_corrected_with_a_reason_and_keeps_what_stood(self, lunds, karim):
        note = a_note(lunds)
        opened = karim.get(page(lunds, "correct_note", note.pk))
        [version] = re.findall(r'name="_version" value="([^"]+)"', opened.content.decode())
        typed = {"text": "Ny tekst", "reason": "Hørt forkert", "category": "4", "_version": version}
        sent = karim.post(page(lunds, "correct_note", note.pk), typed)
        shown = words(karim.get(sent.url))
        assert "Ny tekst" in shown
        assert "Rettet: Hørt forkert" in shown
        assert note.text in shown
        late = karim.post(page(lunds, "correct_note", note.pk), {**typed, "text": "Senere"})
        assert "Her er begge tekster" in words(late) or "Ny tekst" in words(late)
        with as_owner():
            assert len(Note.objects.all()) == 2

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"text": "a\x00b"}, "Teksten har et tegn, der ikke kan vises."),
            ({"text": "x" * 1_000_000}, "Skriv højst 20000 tegn"),
            ({"subjects": []}, "Hvem handler det om?"),
            ({"on": "31.2.2026"}, "31.2.2026"),
            ({"on": "1.1.2999"}, "Årstallet 2999 kan ikke passe"),
            ({"on": "1.1.2099"}, "Det, der ikke er sket endnu"),
            ({"category": "1"}, "Hvad handler det om?"),
            ({"subjects": [str(uuid4())]}, "Hvem handler det om?"),
        ],
    )
    def test_bad_input_is_answered_and_nothing_is_written(self, lunds, karim, fields, said):
        answer = karim.post(page(lunds, "write_note"), a_typed_note(lunds, **fields))
        assert answer.status_code == 200
        assert said in words(answer).replace(".", ".", 1)
        with as_owner():
            assert not list(Note.objects.all())

    def test_a_form_sent_twice_is_one_note(self, lunds, karim):
        key = {"headers": {"Idempotency-Key": "a" * 30}}
        for _ in range(2):
            assert karim.post(page(lunds, "write_note"), a_typed_note(lunds), **key).status_code == 302
        with as_owner():
            assert len(Note.objects.all()) == 1


class TestChildView:
    def test_the_page_asks_and_nobody_else_sees_it_by_default(self, lunds, karim):
        signe = signe_of(lunds)
        a_yes(lunds, signe, lunds.alma, categories=Category.EVERYDAY)
        assert "Må de andre se det?" in words(karim.get(page(lunds, "write_child_view")))
        sent = karim.post(page(lunds, "write_child_view"), a_typed_view(lunds))
        assert "Kun du ser det." in words(karim.get(sent.url))
        other = browser(signe)
        assert other.get(sent.url).status_code == 404
        assert "hvem jeg må ringe til" not in words(other.get(page(lunds, "papers")))

    def test_a_yes_shows_the_words_and_says_so(self, lunds, karim):
        signe = signe_of(lunds)
        a_yes(lunds, signe, lunds.alma, categories=Category.EVERYDAY)
        view = a_child_view(lunds)
        sent = karim.post(page(lunds, "show_child_view", view.pk), {"answer": "yes", "asked_on": TODAY_TYPED})
        assert sent.status_code == 302
        shown = words(browser(signe).get(page(lunds, "child_view", view.pk)))
        assert "»Jeg vil gerne vide, hvem jeg må ringe til.«" in shown
        assert "Alma har sagt ja til, at I ser det." in shown
        with as_owner():
            assert ChildView.objects.get().answer == ShowAnswer.YES

    def test_only_who_heard_it_may_show_it(self, lunds):
        signe = signe_of(lunds)
        a_yes(lunds, signe, lunds.alma, categories=Category.EVERYDAY)
        view = a_child_view(lunds, answer=ShowAnswer.YES)
        typed = {"answer": "no", "asked_on": TODAY_TYPED}
        assert browser(signe).post(page(lunds, "show_child_view", view.pk), typed).status_code == 403


class TestTools:
    def plan(self, course: ACourse) -> str:
        return page(course, "fill", "safety-plan", "adult", course.father)

    def test_rows_are_added_and_removed_without_script(self, lunds, karim):
        more = karim.post(self.plan(lunds), a_typed_plan(_add="tasks"))
        assert more.status_code == 200
        assert 'name="tasks__2__who"' in more.content.decode()
        assert "Der mangler noget" not in words(more)
        less = karim.post(
            self.plan(lunds), a_typed_plan(_remove="tasks:0", tasks__1__who="Mette", tasks__1__what="Kører")
        )
        body = less.content.decode()
        assert 'name="tasks__1__who"' not in body
        assert 'value="Mette"' in body
        assert "Farmor Inge" not in body

    def test_what_is_saved_for_later_stands_there_again_for_its_author_alone(self, lunds, karim):
        unfinished = {"on": TODAY_TYPED, "tasks__rows": "1", "tasks__0__phone": "spørg farmor", "_later": "1"}
        sent = karim.post(self.plan(lunds), unfinished)
        assert sent.status_code == 302
        assert "spørg farmor" in karim.get(self.plan(lunds)).content.decode()
        assert "Kladde" in words(karim.get(page(lunds, "papers")))
        assert "Kladde" not in words(browser(signe_of(lunds)).get(page(lunds, "papers")))

    def test_is_judged_when_it_is_finished(self, lunds, karim):
        typed = a_typed_plan(tasks__0__phone="ring", signs__0__sign="")
        answer = karim.post(self.plan(lunds), typed)
        assert "Skriv nummeret med tal" in words(answer)
        assert "Udfyld: Tegn" in words(answer)
        with as_owner():
            assert not list(Document.objects.all())

    def test_is_finished_read_and_made_anew(self, lunds, karim):
        sent = karim.post(self.plan(lunds), a_typed_plan())
        shown = words(karim.get(sent.url))
        assert "Forælderens tryghedsplan: Jens" in shown
        assert "Når det går den forkerte vej Helbred" in shown
        assert "Sover ikke" in shown
        again = karim.get(self.plan(lunds)).content.decode()
        assert 'value="Sover ikke"' in again
        [based_on] = re.findall(r'name="based_on" value="([^"]+)"', again)
        newer = karim.post(self.plan(lunds), a_typed_plan(based_on=based_on, tells="Mor siger det."))
        assert newer.status_code == 302
        assert "Der er en nyere." in words(karim.get(sent.url))
        stale = karim.post(self.plan(lunds), a_typed_plan(based_on=based_on))
        assert "En anden har lavet en nyere" in words(stale)

    def test_a_reader_without_health_sees_no_sign_and_no_trace_of_it(self, lunds):
        signe, document = signe_of(lunds), a_document(lunds)
        other = browser(signe)
        assert other.get(page(lunds, "document", document.pk)).status_code == 404
        a_yes(lunds, signe, lunds.father, categories=Category.EVERYDAY)
        shown = words(other.get(page(lunds, "document", document.pk)))
        assert "Henter Alma" in shown
        assert "Sover ikke" not in shown
        assert "Når det går den forkerte vej" not in shown

    def test_the_childs_version_takes_blame_away_first_and_can_be_given(self, lunds, karim):
        document = a_document(lunds, audience="child")
        answer = karim.get(page(lunds, "document", document.pk))
        shown = words(answer)
        assert shown.index("Det er ikke min skyld.") < shown.index("Jeg må ringe til farmor.")
        assert "116 111" in shown
        assert 'href="tel:12345678"' in answer.content.decode()
        shared = karim.post(
            page(lunds, "share", document.pk), {"receiver": f"child:{lunds.alma}", "on": TODAY_TYPED}
        )
        assert shared.status_code == 302
        assert "Givet til: Alma" in words(karim.get(shared.url))

    def test_a_step_leads_straight_to_its_page(self, lunds, karim):
        begin = page(lunds, "begin")
        assert karim.get(f"{begin}?step=safety-plan&n=1").url == self.plan(lunds)
        to_child = f"{begin}?step=safety-plan-child&n=1&person={lunds.alma}"
        assert karim.get(to_child).url == page(lunds, "fill", "safety-plan", "child", lunds.alma)
        document = a_document(lunds, audience="child")
        assert karim.get(to_child).url == page(lunds, "share", document.pk)
        assert "Netværkskort" in words(karim.get(begin))

    @pytest.mark.parametrize("key", ["network-map", "transition-note"])
    def test_every_tool_can_be_filled_in(self, lunds, karim, key):
        assert karim.get(page(lunds, "fill", key, "adult", lunds.alma)).status_code == 200
        document = a_document(lunds, key)
        assert karim.get(page(lunds, "document", document.pk)).status_code == 200

    def test_a_network_is_drawn_and_said(self, lunds, karim):
        answer = karim.get(page(lunds, "document", a_document(lunds, "network-map").pk))
        assert "<ellipse" in answer.content.decode()
        assert "Inge Lund, Farmor: helt tæt på. Hjælper med: Henter Alma." in words(answer)


class TestSend:
    def typed(self, course, **fields):
        return {
            "kind": "event",
            "to_sector": "municipality",
            "subjects": [str(course.father)],
            "category": "32",
            "text": "Jens er udskrevet.",
            **fields,
        }

    def test_is_sent_to_those_who_may_read_it(self, lunds, karim):
        signe = signe_of(lunds)
        no = karim.post(page(lunds, "send"), self.typed(lunds))
        assert "Ingen i kommunen må læse det." in words(no)
        a_yes(lunds, signe, lunds.father, categories=Category.HEALTH)
        sent = karim.post(page(lunds, "send"), self.typed(lunds))
        shown = words(browser(signe).get(sent.url))
        assert "Jens er udskrevet." in shown
        assert "Kommunen: Familiehuset" in shown
        with as_owner():
            assert len(SentNote.objects.all()) == 1

    def test_begins_with_what_the_step_asks_for(self, lunds, karim):
        signe_of(lunds)
        body = karim.get(page(lunds, "send") + "?step=event-note&n=1").content.decode()
        assert re.search(r'value="event"[^>]*checked', body)
        assert re.search(r'value="municipality"[^>]*checked', body)
        lunds.note("discharge", TODAY, person=str(lunds.father))
        body = karim.get(page(lunds, "send") + "?step=event-note&n=1").content.decode()
        assert re.search(rf'value="{lunds.father}"[^>]*checked', body)
        assert not re.search(rf'value="{lunds.alma}"[^>]*checked', body)
        assert re.search(r'name="category" value="32"[^>]*checked', body)

    def test_nothing_is_chosen_beforehand_about_what_it_is_about(self, lunds, karim):
        for name in ("write_note", "write_child_view", "send"):
            body = karim.get(page(lunds, name)).content.decode()
            assert not re.search(r'name="category"[^>]*checked', body)


PAGES = ("papers", "write_note", "write_child_view", "begin", "send")
THINGS = ("note", "correct_note", "child_view", "show_child_view", "document", "share", "sent")


class TestStrangers:
    @pytest.mark.parametrize("name", PAGES)
    def test_learn_nothing(self, lunds, name):
        for stranger in (a_stranger(), a_colleague_of_another_unit(lunds.space)):
            assert browser(stranger).get(page(lunds, name)).status_code == 404

    @pytest.mark.parametrize("name", THINGS)
    def test_nor_from_an_item_even_when_they_take_part_elsewhere(self, lunds, name):
        things = {
            "note": a_note(lunds).pk,
            "child_view": a_child_view(lunds).pk,
            "document": a_document(lunds).pk,
        }
        things |= {"correct_note": things["note"], "show_child_view": things["child_view"]}
        things |= {"share": things["document"], "sent": things["note"]}
        elsewhere = the_lunds()
        for course in (lunds, elsewhere):
            assert browser(elsewhere.anna).get(page(course, name, things[name])).status_code == 404

    def test_the_form_of_a_tool_is_closed_to_them(self, lunds):
        assert browser(a_stranger()).get(TestTools().plan(lunds)).status_code == 404


def test_the_list_costs_the_same_however_much_is_written(lunds):
    def cost() -> int:
        with acting(lunds.anna) as anna, CaptureQueriesContext(connection) as asked:
            queries.notes_of(anna, lunds.space)
            queries.child_views(anna, lunds.space)
            queries.documents_of(anna, lunds.space)
            queries.sent_notes(anna, lunds.space)
        return len(asked)

    a_note(lunds)
    a_document(lunds)
    before = cost()
    for _ in range(4):
        a_note(lunds)
    a_child_view(lunds)
    a_document(lunds, "network-map")
    a_document(lunds, audience="child")
    assert cost() == before
