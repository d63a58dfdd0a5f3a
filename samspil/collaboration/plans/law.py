"""The statutes we hold, by key: what an effort can rest on."""

from functools import cache

from samspil.collaboration.programmes.language import Text
from samspil.collaboration.programmes.language.law import Law
from samspil.collaboration.programmes.loading import ROOT
from samspil.foundation.kernel.definitions import read


@cache
def statutes() -> dict[str, Text]:
    """The title of each statute in `definitions/law`. Read once a process."""
    laws = [read(path, Law) for path in sorted((ROOT / "law").glob("*.yaml"))]
    return {one.key: one.title for one in laws}
