"""Danish is complete: every text has its Danish words, and no page holds a text that cannot be translated."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from samspil.doors.cli import messages

APPS = messages.apps()
TEMPLATES = sorted(Path("samspil").rglob("templates/**/*.html"))

NAMES = {"Samspil", "Aabybro Skole", "Inge Lund", "Signe Holm", "Lone Kjær", "Social- og Boligstyrelsen"}
"""Names of people, places and things: the same in every language."""
SILENT = re.compile(
    r"\{%-?\s*comment\b.*?\bendcomment\s*-?%\}|\{#.*?#\}"
    r"|\{%-?\s*block body_class\b.*?\bendblock\s*-?%\}"
    r"|\{%-?\s*blocktrans(?:late)?\b.*?\bendblocktrans(?:late)?\s*-?%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}|<!--.*?-->|<(script|style)\b.*?</\1>",
    re.DOTALL | re.IGNORECASE,
)
TAG = re.compile(r"<[^>]*>", re.DOTALL)
SPOKEN = re.compile(
    r"\s(?:title|alt|placeholder|aria-label|label|caption|note|meta|lead|text|state|what|why|by|said|about)"
    r"=(?:\"([^\"]*)\"|'([^']*)')"
)
WORD = re.compile(r"[^\W\d_]{2,}")


def bare_texts(template: str) -> list[str]:
    """Texts in a template that stand outside every translation tag."""
    spoken = SILENT.sub("", template)
    inside = [text for tag in TAG.findall(spoken) for pair in SPOKEN.findall(tag) for text in pair]
    between = TAG.split(spoken)
    found = (re.sub(r"&\w+;", " ", text).strip() for text in (*inside, *between))
    return [text for text in found if WORD.search(text) and text.strip(" –·") not in NAMES]


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ("<p>Hello there</p>", ["Hello there"]),
        ("<p title='Hello'>{% translate 'Hi' %}</p>", ["Hello"]),
        ('<c-card title="Kort">{{ card }}</c-card>', ["Kort"]),
        ('<p class="hello">{{ hello }}, 12 – %</p>', []),
        ("{% comment %}Hello{% endcomment %}{% blocktranslate %}Hi <b>you</b>{% endblocktranslate %}", []),
        ("<title>{% block title %}{% endblock %} – Samspil</title>", []),
    ],
)
def test_the_search_for_bare_texts_finds_them(template, found):
    assert bare_texts(template) == found


@pytest.mark.parametrize("template", TEMPLATES, ids=str)
def test_no_page_holds_a_text_outside_a_translation(template):
    assert bare_texts(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_every_text_is_said_in_danish(app):
    assert messages.missing(app) == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_no_list_holds_a_text_that_is_gone(app):
    known = {(message.id, message.context) for message in messages.catalogue(app) if message.id}
    now = {(message.id, message.context) for message in messages.brought_up_to_date(app) if message.id}
    assert known <= now


def test_a_text_means_the_same_in_every_app():
    """Django puts all apps' texts into one list: two translations of one text would win by chance."""
    said: dict[object, set[object]] = defaultdict(set)
    for app in APPS:
        for message in messages.catalogue(app):
            if message.id:
                said[message.id, message.context].add(message.string)
    assert {text: words for text, words in said.items() if len(words) > 1} == {}


def test_a_missing_uncertain_or_broken_translation_is_found(tmp_path):
    app = tmp_path / "app"
    (app / "locale/da/LC_MESSAGES").mkdir(parents=True)
    (app / "rules.py").write_text('_("One"); _("Two"); _("Three %(n)d"); _("Four"); _("Five")')
    messages.po_file(app).write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "One"\nmsgstr "En"\n\n#, fuzzy\nmsgid "Two"\nmsgstr "To"\n\n'
        '#, python-format\nmsgid "Three %(n)d"\nmsgstr "Tre %(m)d"\n\nmsgid "Four"\nmsgstr ""\n'
    )
    assert [line.split(": ")[1] for line in messages.missing(app)] == [
        "'Two'",
        "'Three %(n)d'",
        "'Four'",
        "'Five'",
    ]


def test_bringing_up_to_date_keeps_what_is_translated(tmp_path):
    app = tmp_path / "app"
    (app / "templates").mkdir(parents=True)
    (app / "templates/page.html").write_text(
        '{% load i18n %}<p title="{% translate "One" %}">{% translate \'Two\' %}</p>'
    )
    assert messages.bring_up_to_date(app, write=True)
    file = messages.po_file(app)
    file.write_text(file.read_text().replace('msgid "One"\nmsgstr ""', 'msgid "One"\nmsgstr "En"'))
    (app / "rules.py").write_text('gettext_lazy("Three")')
    assert messages.bring_up_to_date(app, write=True)
    assert {str(m.id): m.string for m in messages.catalogue(app) if m.id} == {
        "One": "En",
        "Two": "",
        "Three": "",
    }
    assert not messages.bring_up_to_date(app, write=False)
