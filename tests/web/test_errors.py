"""Pages for what cannot be shown. The pages themselves never touch the database."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from samspil.foundation.kernel.gate import NotAllowed
from samspil.foundation.web import errors


def text(response: HttpResponse) -> str:
    return response.content.decode()


def any_request() -> HttpRequest:
    return RequestFactory().get("/")


@pytest.mark.django_db
def test_a_stranger_reads_the_same_words_as_for_a_page_that_is_not_there():
    response = Client().get("/findes-ikke/")
    assert response.status_code == 404
    assert "Siden findes ikke, eller du har ikke adgang." in text(response)
    assert "findes-ikke" not in text(response)


def test_the_reason_of_a_no_is_shown_and_nothing_in_it_is_markup():
    response = errors.forbidden(any_request(), NotAllowed("Rollen <b>Rådgiver</b> omfatter ikke dette."))
    assert response.status_code == 403
    assert "Rollen &lt;b&gt;Rådgiver&lt;/b&gt; omfatter ikke dette." in text(response)


def test_a_no_without_reason_has_words_too():
    assert "Din rolle omfatter det ikke." in text(errors.forbidden(any_request(), PermissionDenied()))


@pytest.mark.parametrize(
    ("response", "status", "said"),
    [
        (errors.bad_request, 400, "Vi kunne ikke læse det, du sendte."),
        (errors.broken, 500, "Noget gik galt hos os."),
        (errors.csrf_failure, 403, "Siden var blevet for gammel til at blive sendt."),
    ],
)
def test_each_page_is_calm_and_danish(response, status, said):
    shown = response(any_request())
    assert shown.status_code == status
    assert said in text(shown)
    assert 'lang="da"' in text(shown)


@pytest.mark.django_db
def test_a_wrong_method_gets_a_page_and_keeps_its_header():
    response = Client().get("/sprog/")
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "Siden kan ikke bruges på den måde." in text(response)
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_wrong_method_that_has_its_own_words_keeps_them():
    answer = HttpResponseNotAllowed(["POST"], content=b"own words")
    assert errors.ErrorPages(lambda _request: answer)(any_request()).content == b"own words"


def test_a_database_that_does_not_answer_is_said_calmly():
    try:
        raise OperationalError("connection refused: secret.host")
    except OperationalError:
        response = errors.broken(any_request())
    assert response.status_code == 503
    assert response["Retry-After"]
    assert "secret" not in text(response)
    assert errors.broken(any_request()).status_code == 500


@pytest.mark.django_db
def test_a_form_without_its_secret_is_refused_with_a_page():
    response = Client(enforce_csrf_checks=True).post("/sprog/", {"language": "en"})
    assert response.status_code == 403
    assert "Siden var blevet for gammel" in text(response)
