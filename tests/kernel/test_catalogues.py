"""One catalogue a language says the same as many."""

import pytest
from django.conf import settings
from django.utils.translation import ngettext, override, trans_real

from samspil.foundation.kernel import catalogues

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def fresh(monkeypatch):
    """Catalogues as Django makes them, and afterwards those that were there."""
    monkeypatch.setattr(trans_real, "_translations", {})


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("language", LANGUAGES)
def test_says_the_same_and_asks_once(language):
    found = trans_real.translation(language)._catalog
    before = {text: found.get(text) for text in found.keys()}  # noqa: SIM118  no dict
    counted = {text[0] for text in before if isinstance(text, tuple)}
    plurals = {(text, number): found.plural(text, number) for text in counted for number in (0, 1, 2, 21)}

    catalogues.unite()

    assert before
    assert len(found._catalogs) == len(found._plurals) == 1
    assert {text: found.get(text) for text in found.keys()} == before  # noqa: SIM118
    assert plurals == {key: found.plural(*key) for key in plurals}


@pytest.mark.usefixtures("fresh")
def test_stays_as_it_is_where_languages_count_in_several_ways():
    found = trans_real.translation("da")._catalog
    found._plurals[0] = lambda number: int(number > 2)
    many = len(found._catalogs)

    catalogues.unite()

    assert len(found._catalogs) == many


@pytest.mark.usefixtures("fresh")
def test_a_page_reads_on():
    catalogues.unite()

    with override("da"):
        assert ngettext("%(days)d day late", "%(days)d days late", 1) % {"days": 1} == "1 dag for sent"
