"""A form acts once, and nothing typed is lost: through the real middleware, roles and commits."""

from tests.desk.conftest import Desk


class TestActsOnce:
    def test_a_form_sent_twice_acts_once_and_leads_to_the_same_place(self, me: Desk) -> None:
        form = me.open("/skriv/") | {"text": "Noah vil gerne i skole"}

        first, second = (me.client.post("/skriv/", form) for _ in range(2))

        assert (first.status_code, first["Location"]) == (302, "/skrevet/")
        assert (second.status_code, second["Location"]) == (302, "/skrevet/")
        assert me.news() == 1

    def test_the_same_key_with_another_text_is_refused_and_the_text_kept(self, me: Desk) -> None:
        form = me.open("/skriv/")
        me.client.post("/skriv/", form | {"text": "Det første"})

        answer = me.client.post("/skriv/", form | {"text": "Det andet"})

        assert answer.status_code == 409
        assert "sendt" in answer.content.decode()
        assert me.news() == 1
        assert me.open("/skriv/")["text"] == "Det andet"
