"""Numbers that must stay secret: comparable, or to be opened again, and by nobody without the key."""

import pytest

from samspil.foundation.kernel.ciphers import Unreadable, keyed_hash, seal, unseal


def test_what_is_sealed_opens_again_and_looks_different_each_time():
    one, other = seal("720517-4012", "test"), seal("720517-4012", "test")
    assert unseal(one, "test") == unseal(other, "test") == "720517-4012"
    assert one != other
    assert "720517" not in one


def test_a_hash_is_the_same_for_the_same_and_for_one_purpose_only():
    assert keyed_hash("720517-4012", "test") == keyed_hash("720517-4012", "test")
    assert keyed_hash("720517-4012", "test") != keyed_hash("720517-4012", "other")
    assert len(keyed_hash("", "test")) == 32


def test_another_key_purpose_or_a_changed_text_opens_nothing(settings):
    sealed = seal("720517-4012", "test")
    for wrong in (sealed[:-3] + "AA=", "", "nonsense"):
        with pytest.raises(Unreadable):
            unseal(wrong, "test")
    with pytest.raises(Unreadable):
        unseal(sealed, "other")
    before = keyed_hash("1", "test")
    settings.SAMSPIL_DATA_KEY = "another key"
    assert keyed_hash("1", "test") != before
    with pytest.raises(Unreadable):
        unseal(sealed, "test")
