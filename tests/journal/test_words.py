"""How people are said in a row, also where a name is not seen."""

from uuid import uuid4

from django.utils import translation

from samspil.collaboration.journal.presenters.words import first_name, listed_names

SARA, NOAH, HIDDEN, UNKNOWN = uuid4(), uuid4(), uuid4(), uuid4()
NAMES = {SARA: "Sara Lund", HIDDEN: "", NOAH: "Noah Lund"}


def test_somebody_whose_name_is_not_seen_reads_well():
    with translation.override("da"):
        assert listed_names(NAMES, {SARA, HIDDEN}) == "en person i familien og Sara"
        assert listed_names(NAMES, {HIDDEN, UNKNOWN, NOAH}) == "2 personer i familien og Noah"
        assert listed_names(NAMES, {HIDDEN}) == "en person i familien"
        assert listed_names(NAMES, {NOAH, SARA}) == "Sara og Noah"
        assert first_name(NAMES, HIDDEN) == "En i familien"
