"""The colleagues around the other models: one log-in for each role, each their own."""

from collections import Counter

import pytest

from samspil.collaboration.programmes import loading
from samspil.doors.demo import colleagues, companies, guide


@pytest.mark.parametrize("company", companies.COMPANIES, ids=lambda one: one.key)
def test_each_role_of_a_model_has_a_log_in(company):
    programme = loading.library().programme(company.key, company.version)
    named = {role.key for role in programme.roles if role.sector not in ("family", "civil")}
    assert named <= set(company.cast)
    assert company.first is company.cast[programme.baton.passes_to]


def test_nobody_is_two_people():
    everybody = [*colleagues.COLLEAGUES, *companies.COLLEAGUES]
    assert Counter(one.login for one in everybody).most_common(1)[0][1] == 1
    assert Counter(one.phone for one in companies.COLLEAGUES).most_common(1)[0][1] == 1


def test_the_guide_names_everybody_in_lines_that_fit():
    text = guide.lines()
    assert all(any(one.login in line for line in text) for one in companies.COLLEAGUES)
    assert max(len(line) for line in text) <= guide.WIDTH
