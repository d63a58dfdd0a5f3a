"""Danish unless someone chose otherwise."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

LINK = "Gå til indhold"


def test_the_browsers_wish_is_not_a_choice():
    response = Client(headers={"accept-language": "en-US,en;q=0.9"}).get("/design/")
    assert LINK in response.content.decode()
    assert response["Content-Language"] == "da"


def test_a_choice_is_remembered_and_leads_back():
    client = Client()
    response = client.post("/sprog/", {"language": "en", "next": "/design/"})
    assert (response.status_code, response["Location"]) == (302, "/design/")
    page = client.get("/design/")
    assert "Go to the content" in page.content.decode()
    assert 'lang="en"' in page.content.decode()
    assert "Cookie" in page["Vary"]


@pytest.mark.parametrize("wish", ["de", "", "da-DK", "../../en", "x" * 5000])
def test_a_language_we_do_not_speak_is_danish(wish):
    client = Client()
    client.cookies["django_language"] = wish
    assert LINK in client.get("/design/").content.decode()


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_switch_never_leads_away_from_here(place):
    response = Client().post("/sprog/", {"language": "en", "next": place})
    assert "evil" not in response.get("Location", "")
    assert "javascript" not in response.get("Location", "")
