"""The initiatives load, hold the figures of their sources exactly, and refuse what does not hang together."""

import shutil

import pytest

from samspil.collaboration.programmes import loading as programmes
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.insight.rollout import loading

FIGURES = {
    "via.budget_dkk": 9_500_000,
    "via.eligibility_lookback_months": 36,
    "sf.budget_dkk": 32_900_000,
    "sf.pool_dkk": 22_600_000,
    "sf.sites_planned": (4, 5),
    "bti.start": "2006-09",
    "bti.published": "2008",
    "bti.updated": "2012",
    "bti.leaflets": 5,
    "unge.published": "2015-09-21",
    "unge.sites": 4,
    "unge.result": 73,
    "hk.sites_dev": 12,
    "hk.target_rollout": (20, 25),
    "hk.waves": 3,
    "hk.budget_rollout_dkk": 7_500_000,
    "hk.challenge_share": 26,
    "hk.evaluation": "2021-12",
}
PERIODS = {
    "via-family": ("2023", "2027"),
    "styrket-familiebehandling": ("2019-01-01", "2022-12"),
    "bti": ("2006-09", "2008"),
    "unge-overgang": ("2011", "2014"),
    "handicap-udvikling": ("2019", "2021"),
    "handicap-udbredelse": ("2022", "2024"),
}


def by_key():
    return {one.key: one for one in loading.initiatives()}


def test_every_figure_stands_exactly():
    found = {}
    for one in loading.initiatives():
        for figure in one.figures:
            span = (figure.least, figure.most) if figure.least is not None else None
            found[figure.key] = figure.on or span or figure.value
    assert found == FIGURES


def test_the_periods_stand_exactly():
    assert {key: (one.period.starts, one.period.ends) for key, one in by_key().items()} == PERIODS


def test_each_project_description_has_an_initiative_and_one_has_a_forerunner():
    assert {one.seed for one in loading.initiatives()} == {f"seed-00{number}" for number in range(5)}
    assert by_key()["handicap-udbredelse"].follows == "handicap-udvikling"


def test_money_is_as_the_sources_have_it():
    totals = {key: one.funding.total_dkk for key, one in by_key().items()}
    assert totals == {
        "via-family": 9_500_000,
        "styrket-familiebehandling": 32_900_000,
        "bti": None,
        "unge-overgang": 18_900_000,
        "handicap-udvikling": 33_920_250,
        "handicap-udbredelse": 7_500_000,
    }
    pool = by_key()["styrket-familiebehandling"].funding.pool
    assert pool is not None
    assert pool.amount_dkk == 22_600_000


def test_the_roll_out_offers_exactly_one_of_two_models_with_a_reason():
    [offer] = by_key()["handicap-udbredelse"].offers
    assert (offer.choose, offer.reason) == ("one", "required")
    assert {model.key for model in offer.models} == {"en-familie-en-indgang", "sammen-om-familien"}


def test_every_result_has_its_reservations():
    for one in loading.initiatives():
        assert all(result.reservations.da for result in one.results)


@pytest.fixture
def root(tmp_path):
    shutil.copytree(programmes.ROOT, tmp_path / "definitions")
    return tmp_path / "definitions"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("seed: seed-000", "seed: seed-900", "'seed-900' is not in sources.yaml"),
        ('version: "2.0-draft"', 'version: "9"', "there is no model 'via-family 9'"),
        ("value: 9500000, unit", "unit", "say either `value`"),
        ('ends: "2027"', 'ends: "2019"', "before it starts"),
        ("phase: modning", "phase: moden", "phase"),
        ("key: via-family\n", "key: via\n", "the file is via-family.yaml"),
        ("documentation:", "dokumentation:", "unknown key 'dokumentation'; did you mean 'documentation'?"),
    ],
)
def test_what_does_not_hang_together_is_refused_by_name(root, old, new, words):
    path = root / "initiatives" / "via-family.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError, match=words.replace("?", r"\?").replace("(", r"\(")) as caught:
        loading.initiatives(root)
    assert caught.value.path == path
