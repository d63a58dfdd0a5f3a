from itertools import pairwise

from samspil.foundation.kernel.ids import new_id


def test_ids_are_version_7_and_never_repeat():
    ids = [new_id() for _ in range(2_000)]

    assert {i.version for i in ids} == {7}
    assert {i.variant for i in ids} == {"specified in RFC 4122"}
    assert len(set(ids)) == len(ids)


def test_ids_sort_by_time_of_birth():
    moments = [new_id().int >> 80 for _ in range(2_000)]

    assert all(a <= b for a, b in pairwise(moments))
