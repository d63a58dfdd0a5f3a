import pytest

from samspil.foundation.kernel.decisions import YES, Refused, no


def test_a_no_is_falsy_and_carries_its_reason():
    decision = no("Still open: %(goals)s", goals="Finds a school")

    assert not decision
    assert decision.reason == "Still open: Finds a school"


def test_a_reason_with_a_per_cent_sign_and_no_values_stays_as_it_is():
    assert no("80 % is not enough").reason == "80 % is not enough"


def test_or_refuse_raises_the_reason_and_lets_a_yes_pass():
    YES.or_refuse()
    with pytest.raises(Refused, match="Too late"):
        no("Too late").or_refuse()
