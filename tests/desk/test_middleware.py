"""A form acts once, and nothing typed is lost: by the real middleware, the real roles and real commits."""

import re

import pytest
from django.db import connection
from django.test import Client

from samspil.foundation.access import cookies, wall
from samspil.foundation.desk.middleware import HELD_COOKIE
from tests.desk.conftest import Desk, fields_of
from tests.factories.owner import as_owner

TEXT = "Noah vil gerne i skole igen"


def rows_of(table: str) -> int:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


class TestActsOnce:
    def test_a_form_sent_twice_acts_once_and_leads_to_the_same_place(self, me: Desk) -> None:
        form = me.open("/skriv/") | {"text": TEXT}

        first, second = (me.client.post("/skriv/", form) for _ in range(2))

        assert (first.status_code, first["Location"]) == (302, "/skrevet/")
        assert (second.status_code, second["Location"]) == (302, "/skrevet/")
        assert me.news() == 1

    def test_the_same_key_with_another_text_is_refused_and_the_text_kept(self, me: Desk) -> None:
        form = me.open("/skriv/")
        me.client.post("/skriv/", form | {"text": "Det første"})

        answer = me.client.post("/skriv/", form | {"text": "Det andet"})

        assert answer.status_code == 409
        assert "Formularen er allerede sendt" in answer.content.decode()
        assert "gemt som kladde" in answer.content.decode()
        assert me.news() == 1
        assert me.open("/skriv/")["text"] == "Det andet"

    def test_a_key_is_its_accounts_own(self, me: Desk, colleague: Desk) -> None:
        form = me.open("/skriv/") | {"text": TEXT}
        me.client.post("/skriv/", form)

        colleague.client.post("/skriv/", form)

        assert me.news() == 2

    @pytest.mark.parametrize("key", ["", "kort", "x" * 30 + "\x00", "æ" * 30])
    def test_a_form_without_a_key_is_not_acted_on(self, me: Desk, key: str) -> None:
        answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_key": key})

        assert answer.status_code == 400
        assert "Siden var blevet for gammel" in answer.content.decode()
        assert me.news() == 0
        assert me.open("/skriv/")["text"] == TEXT

    @pytest.mark.parametrize(("text", "status"), [("afvist", 200), ("findes ikke", 404), ("fejl", 500)])
    def test_what_failed_did_nothing_and_its_key_may_be_used_again(
        self, me: Desk, text: str, status: int
    ) -> None:
        form = me.open("/skriv/")

        assert me.client.post("/skriv/", form | {"text": text}).status_code == status
        assert (me.news(), rows_of("desk_submission")) == (0, 0)
        assert me.client.post("/skriv/", form | {"text": TEXT}).status_code == 302
        assert me.news() == 1


class TestKeepsText:
    @pytest.mark.parametrize("text", ["afvist", "findes ikke", "fejl", "x" * 20_001])
    def test_text_that_was_not_sent_is_there_again(self, me: Desk, text: str) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": text, "agreed": "on"})

        page = me.client.get("/skriv/").content.decode()

        assert "Det her er din kladde" in page
        assert fields_of(page)["text"] == text
        assert re.search(r'name="agreed"[^>]*checked', page)
        assert "Mangler" not in page  # shown, not judged

    def test_one_draft_for_each_form_and_thing(self, me: Desk) -> None:
        for thing, text in [("a", "Om a"), ("b", "Om b"), ("a", "Mere om a")]:
            page = f"/skriv/?om={thing}"
            me.client.post(page, me.open(page) | {"text": text, "_keep": "1"})

        assert me.open("/skriv/?om=a")["text"] == "Mere om a"
        assert me.open("/skriv/?om=b")["text"] == "Om b"
        assert me.open("/skriv/")["text"] == ""
        assert rows_of("desk_draft") == 2

    def test_kept_by_its_button_without_being_sent(self, me: Desk) -> None:
        answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1"}, follow=True)

        assert "Din kladde er gemt. Kun du kan se den." in answer.content.decode()
        assert fields_of(answer.content.decode())["text"] == TEXT
        assert me.news() == 0

    def test_thrown_away_by_its_button(self, me: Desk) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1"})

        me.client.post("/skriv/", me.open("/skriv/") | {"_discard": "1"})

        assert me.open("/skriv/")["text"] == ""

    def test_gone_when_it_is_sent(self, me: Desk) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1"})

        me.client.post("/skriv/", me.open("/skriv/"))

        assert me.news() == 1
        assert rows_of("desk_draft") == 0

    def test_kept_while_writing(self, me: Desk) -> None:
        answer = me.client.post(
            "/kladde/", me.open("/skriv/") | {"text": TEXT}, headers={"HX-Request": "true"}
        )

        assert "Kladde gemt kl." in answer.content.decode()
        assert "<html" not in answer.content.decode()
        assert me.open("/skriv/")["text"] == TEXT
        assert me.news() == 0

    def test_a_late_autosave_does_not_bring_back_what_was_sent(self, me: Desk) -> None:
        form = me.open("/skriv/") | {"text": TEXT}
        me.client.post("/skriv/", form)

        assert me.client.post("/kladde/", form).status_code == 204
        assert rows_of("desk_draft") == 0

    def test_lies_sealed_in_the_database(self, me: Desk) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1"})

        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM desk_draft")
            assert b"Noah" not in bytes(cursor.fetchone()[0])

    def test_secrets_are_not_kept(self, me: Desk) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": "afvist", "password": "hemmelig"})

        assert "hemmelig" not in me.client.get("/skriv/").content.decode()


class TestBadInput:
    def test_nul_is_refused_on_the_form_and_the_rest_of_the_text_kept(self, me: Desk) -> None:
        answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": "No\x00ah"})

        assert answer.status_code == 200
        assert 'href="#id_text"' in answer.content.decode()  # the summary of what is wrong
        assert me.news() == 0
        assert me.open("/skriv/")["text"] == "Noah"

    def test_nul_in_the_desks_own_fields_is_no_fault(self, me: Desk) -> None:
        for name in ("_form", "_thing", "_version", "_page"):
            answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": "afvist", name: "a\x00b"})
            assert answer.status_code == 200, name

    def test_a_megabyte_is_refused_clearly_and_stands_on_the_page(self, me: Desk) -> None:
        text = "ordet " * 170_000

        page = me.client.post("/skriv/", me.open("/skriv/") | {"text": text}).content.decode()

        assert "for lang til at blive gemt som kladde" in page
        assert "20000" in page.replace(".", "")
        assert text in page
        assert me.news() == 0

    def test_a_megabyte_kept_by_the_button_is_refused_whole(self, me: Desk) -> None:
        me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1"})

        answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": "x" * 1_000_000, "_keep": "1"})

        assert answer.status_code == 413
        assert "Gå tilbage" in answer.content.decode()
        assert me.open("/skriv/")["text"] == TEXT

    @pytest.mark.parametrize(
        "page", ["//ond.dk/", "https://ond.dk/", "javascript:alert(1)", "/\\ond.dk", "/a\r\nb: c"]
    )
    def test_nobody_is_led_to_another_site(self, me: Desk, page: str) -> None:
        answer = me.client.post("/skriv/", me.open("/skriv/") | {"text": TEXT, "_keep": "1", "_page": page})

        assert answer["Location"] == "/skriv/"


class TestEndedSession:
    @pytest.fixture
    def ended(self, me: Desk) -> Desk:
        """Somebody has written for long, and the session has ended meanwhile."""
        me.client = Client(raise_request_exception=False, enforce_csrf_checks=True)
        me.log_in()
        me.form = me.open("/skriv/") | {"text": TEXT}  # type: ignore[attr-defined]
        wall.revoke(me.client.cookies[cookies.name()].value)
        del me.client.cookies["sessionid"]
        return me

    def send(self, ended: Desk, **changed: str) -> str:
        form = {**ended.form, **changed}  # type: ignore[attr-defined]
        return ended.client.post("/skriv/", form).content.decode()

    def test_holds_the_text_and_it_is_a_draft_after_log_in(self, ended: Desk) -> None:
        page = self.send(ended)
        assert "Du er blevet logget ud" in page
        assert "gemt i 24 timer" in page
        assert ended.news() == 0

        ended.log_in()
        page = ended.client.get("/skriv/").content.decode()

        assert "Du blev logget ud, mens du skrev." in page
        assert fields_of(page)["text"] == TEXT
        assert ended.news() == 0
        assert rows_of("desk_held") == 0
        assert not ended.client.cookies[HELD_COOKIE].value

    def test_is_deleted_unseen_when_another_logs_in(self, ended: Desk, colleague: Desk) -> None:
        self.send(ended)

        colleague.client = ended.client
        colleague.log_in()
        page = colleague.client.get("/skriv/").content.decode()

        assert TEXT not in page
        assert "Du blev logget ud" not in page
        assert rows_of("desk_held") == 0
        ended.log_in()
        assert ended.open("/skriv/")["text"] == ""

    def test_is_deleted_unseen_after_a_day(self, ended: Desk) -> None:
        self.send(ended)
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("UPDATE desk_held SET held_at = held_at - interval '25 hours'")

        ended.log_in()

        assert ended.open("/skriv/")["text"] == ""
        assert rows_of("desk_held") == 0

    def test_one_text_each_session(self, ended: Desk) -> None:
        for text in ("Det første", "Det andet"):
            self.send(ended, text=text)

        assert rows_of("desk_held") == 1
        ended.log_in()
        assert ended.open("/skriv/")["text"] == "Det andet"

    def test_too_long_to_be_held_is_said(self, ended: Desk) -> None:
        page = self.send(ended, text="x" * 70_000)

        assert "kunne ikke gemmes" in page
        assert rows_of("desk_held") == 0

    def test_nothing_is_held_for_who_did_not_have_the_page(self, ended: Desk) -> None:
        other = Client(raise_request_exception=False)
        other.cookies[cookies.name()] = ended.client.cookies[cookies.name()].value
        stolen_key, own_key = (
            ended.form["_key"],
            fields_of(other.get("/skriv/").content.decode()).get("_key", ""),
        )  # type: ignore[attr-defined]

        self.send(ended, csrfmiddlewaretoken="x" * 64)
        other.post("/skriv/", {"_form": "test.note", "text": "x", "_key": f"{'a' * 24}.{'0' * 32}"})
        other.cookies[cookies.name()] = "gættet"
        other.post("/skriv/", {"_form": "test.note", "text": "x", "_key": stolen_key})
        other.post("/skriv/", {"_form": "test.note", "text": "x", "_key": own_key})

        assert rows_of("desk_held") == 0

    def test_an_autosave_of_an_ended_session_says_so_in_a_line(self, ended: Desk) -> None:
        answer = ended.client.post("/kladde/", ended.form, headers={"HX-Request": "true"})  # type: ignore[attr-defined]

        assert "Log ind igen" in answer.content.decode()
        assert "<html" not in answer.content.decode()
        ended.log_in()
        assert ended.open("/skriv/")["text"] == TEXT


class TestTwoTabs:
    def test_both_texts_are_shown_and_nothing_is_overwritten(self, me: Desk, colleague: Desk) -> None:
        mine, theirs = me.open("/ret/"), colleague.open("/ret/")
        colleague.client.post("/ret/", theirs | {"text": "Kollegaens tekst", "place": "office"})

        page = me.client.post("/ret/", mine | {"text": "Min tekst", "place": "home"}).content.decode()

        assert "En anden har ændret det her, mens du skrev." in page
        for text in ("Kollegaens tekst", "Min tekst", "Hjemme", "Kontoret"):
            assert f"<dd>{text}</dd>" in page
        assert me.open("/ret/")["text"] == "Min tekst"  # as a draft; what stands is still the colleague's
        assert colleague.open("/ret/")["text"] == "Kollegaens tekst"

    def test_who_has_seen_both_may_save(self, me: Desk, colleague: Desk) -> None:
        mine, theirs = me.open("/ret/"), colleague.open("/ret/")
        colleague.client.post("/ret/", theirs | {"text": "Kollegaens tekst", "place": "office"})
        page = me.client.post("/ret/", mine | {"text": "Min tekst", "place": "home"}).content.decode()

        answer = me.client.post("/ret/", fields_of(page) | {"text": "Fælles igen", "place": "home"})

        assert answer.status_code == 302
        assert colleague.open("/ret/")["text"] == "Fælles igen"

    def test_the_same_person_in_two_tabs_too(self, me: Desk) -> None:
        first, second = me.open("/ret/"), me.open("/ret/")
        me.client.post("/ret/", first | {"text": "Første fane", "place": "home"})

        page = me.client.post("/ret/", second | {"text": "Anden fane", "place": "home"}).content.decode()

        assert "<dd>Første fane</dd>" in page

    def test_a_draft_says_when_it_was_outrun(self, me: Desk, colleague: Desk) -> None:
        me.client.post("/ret/", me.open("/ret/") | {"text": "Min kladde", "place": "home", "_keep": "1"})
        colleague.client.post("/ret/", colleague.open("/ret/") | {"text": "Nyt", "place": "home"})

        page = me.client.get("/ret/").content.decode()

        assert "En anden har ændret det siden." in page
        assert "<dd>Nyt</dd>" in me.client.post("/ret/", fields_of(page) | {"place": "home"}).content.decode()

    @pytest.mark.parametrize("version", ["", "x", "0" * 32, "æ"])
    def test_without_the_version_nothing_is_saved(self, me: Desk, version: str) -> None:
        me.client.post("/ret/", me.open("/ret/") | {"text": "Min", "place": "home", "_version": version})

        with as_owner(), connection.cursor() as cursor:
            cursor.execute("SELECT text FROM desk_test_page")
            assert cursor.fetchone()[0] == "Fælles tekst"
