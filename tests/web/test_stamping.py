"""Rows are stamped with the very bytes that Django's own templates give, and nothing goes unescaped."""

from dataclasses import dataclass, field
from datetime import date

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from samspil.foundation.web import stamping
from samspil.foundation.web.navigation import Link

NASTY = "<b onclick='x'>\"Æ & Ø\"</b>"


@dataclass(frozen=True)
class State:
    tone: str = "late"
    shape: str = "late"
    text: object = NASTY
    note: str = ""


@dataclass(frozen=True)
class Row:
    state: State = field(default_factory=State)
    url: str = "/?a=1&b=2"
    about: object = NASTY
    context: object = gettext_lazy("My overview")
    what: object = date(2026, 3, 2)
    why: object = mark_safe("<i>safe</i>")
    act: str = ""
    act_url: str = "/"
    tone: str = "main"
    phone: str = ""


@pytest.mark.parametrize(
    ("template", "words"),
    [
        (
            "workplace/_rows.html",
            {"rows": [Row(), Row(State(note="i går"), phone="12 34")], "marks": "/m.svg"},
        ),
        ("workplace/_rows.html", {"rows": [], "marks": "/m.svg"}),
        ("web/_menu.html", {"menu": [Link(NASTY, "/a?b&c", True), Link("", "/", False)], "label": NASTY}),
        ("web/_menu.html", {"menu": [], "label": NASTY}),
        ("web/_search.html", {"search": Link(NASTY, "/", False), "go": NASTY, "icons": "/i.svg"}),
        ("web/_search.html", {"search": None, "go": "", "icons": ""}),
    ],
)
def test_stamped_as_django_draws_it(template: str, words: dict[str, object]) -> None:
    drawn = stamping.stamped(template, words)
    assert drawn == render_to_string(template, words)
    assert NASTY not in drawn


@pytest.mark.parametrize("template", ["web/_footer.html", "web/error.html", "workplace/_birthdays.html"])
def test_what_it_cannot_draw_it_refuses(template: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        stamping.stamped(template, {})


def test_it_sees_nothing_of_the_page() -> None:
    with pytest.raises(KeyError):
        stamping.stamped("workplace/_rows.html", {})
