"""Rows are stamped with the very bytes that Django's own templates give, and nothing goes unescaped."""

from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from samspil.foundation.web import stamping
from samspil.foundation.web.navigation import Link
from samspil.foundation.web.stamping import parts

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


@dataclass(frozen=True)
class Birthday:
    family: str = NASTY
    name: str = NASTY
    age: int = 1800
    url: str = "/?a&b"
    on: date = date(2026, 3, 2)
    days: int = 9
    notices: tuple[object, ...] = ()


HEADER = {
    "menu": [Link(NASTY, "/a?b&c", True)],
    "search": Link(NASTY, "/", False),
    "account": [Link("Kontoen", "/konto", False)],
    "acting_for": NASTY,
    "secret": "s",
}


@pytest.mark.parametrize("language", ["da", "en"])
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
        ("web/_header.html", {**HEADER, "who": NASTY}),
        ("web/_header.html", {**HEADER, "who": "", "menu": []}),
        ("web/_footer.html", {"links": [Link(NASTY, "/a?b&c", False)], "here": "/?a=1&b", "csrf_token": "s"}),
        ("web/_footer.html", {"links": [], "here": "", "csrf_token": ""}),
        ("workplace/_nothing.html", {"administers": False, "is_privacy_officer": True, "may_create": False}),
        ("workplace/_birthdays.html", {"birthdays": [Birthday(), Birthday(days=1)]}),
    ],
)
def test_stamped_as_django_draws_it(template: str, words: dict[str, object], language: str) -> None:
    with translation.override(language):
        drawn = stamping.stamped(template, words)
        assert drawn == render_to_string(template, words)
    assert NASTY not in drawn


LOADED = "{% load i18n l10n marks quick static %}"
PARTS = (
    "{{ row.about }}{{ number }}{{ share }}{{ safe }}{{ day|date:'j. F Y'|capfirst }}{{ list|length }}",
    "{% localize off %}{{ share }}{% for one in shares %}{{ one }}{% endfor %}{% endlocalize %}{{ share }}",
    "{% if number and not nothing %}a{% elif number == 3 %}b{% else %}c{% endif %}",
    "{% if nothing or share > 2 %}d{% endif %}{% if number is not None and number in list %}e{% endif %}",
    "{% for a, b in pairs %}{{ a }}: {{ b.about }}{% empty %}none{% endfor %}",
    "{% for a in nothing %}{{ a }}{% empty %}0{% endfor %}",
    "{% translate 'My overview' as said %}{{ said }}{% translate 'See all' context 'people' %}",
    "{% blocktranslate count n=number %}{{ n }} course{% plural %}{{ n }} courses{% endblocktranslate %}",
    (
        "{% blocktranslate asvar said with name=row.about age=number %}{{ name }} turns {{ age }}"
        "{% endblocktranslate %}{{ said }}"
    ),
    "{% url 'web:language' %}{% url 'web:language' as there %}{{ there }}",
    "{% if nothing %}{% url 'no:such' %}{% endif %}{% url 'no:such' as there %}{{ there }}",
    "{% static 'web/marks.svg' as marks %}{{ marks }}#x{% static 'web/marks.svg' %}",
    "{% csrf_token %}{% get_current_language as spoken %}{{ spoken }}{{ 'late'|mark_word }}",
    (
        "{% cotton section title='{{ row.about }}' id='x' %}{% cotton:slot aside %}{{ number }}"
        "{% endcotton:slot %}{{ row.about }}{% endcotton %}"
    ),
    "{% cotton status :kind='row.kind' :text='row.about' note='{{ number }}' / %}",
    ("{% cotton lane title='A & B' id='x' count='{{ number }}' %}{{ row.about }}{% endcotton %}"),
    (
        "{% cotton empty title='{{ row.about }}' level='2' %}{% cotton:slot actions %}"
        "{% cotton button href='/?a&b' tone='second' %}{{ row.about }}{% endcotton %}{% endcotton:slot %}"
        "{% endcotton %}"
    ),
)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("source", PARTS)
def test_every_kind_of_part_gives_the_same_bytes(source: str, language: str) -> None:
    row = SimpleNamespace(about=NASTY, kind="late")
    words = {
        "row": row,
        "number": 3,
        "share": 2.5,
        "shares": [0.5],
        "safe": mark_safe("<i>safe</i>"),
        "day": date(2026, 3, 2),
        "list": [1, 3],
        "nothing": (),
        "pairs": [(NASTY, row)],
        "csrf_token": "secret",
    }
    with translation.override(language):
        template = Template(LOADED + source)
        written: list[str] = []
        parts.all_of(template.nodelist)(dict(words), written.append)
        assert "".join(written) == template.render(Context(words))


@pytest.mark.parametrize(
    "source",
    [
        "{{ row|linebreaksbr }}",
        "{% cotton button href='/' data-menu='1' %}{% endcotton %}",
        "{% translate row %}",
        "{% for one in list reversed %}{% endfor %}",
        "{% with a=row %}{% endwith %}",
        "{% include row %}",
    ],
)
def test_what_might_differ_is_refused(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        parts.all_of(Template(LOADED + source).nodelist)


def test_a_stamp_keeps_the_words_of_its_language_and_nothing_of_its_page() -> None:
    words = {"links": [], "here": "/first", "csrf_token": "first"}
    with translation.override("da"):
        danish = stamping.stamped("web/_footer.html", words)
    with translation.override("en"):
        english = stamping.stamped("web/_footer.html", {**words, "here": "/second", "csrf_token": "second"})
    assert 'aria-label="Sprog"' in danish
    assert 'aria-label="Language"' in english
    assert "first" not in english


@pytest.mark.parametrize("template", ["web/base.html", "web/error.html"])
def test_what_it_cannot_draw_it_refuses(template: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        stamping.stamped(template, {})


def test_it_sees_nothing_of_the_page() -> None:
    with pytest.raises(KeyError):
        stamping.stamped("workplace/_rows.html", {})
