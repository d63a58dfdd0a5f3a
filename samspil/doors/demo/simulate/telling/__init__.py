"""A course told as facts: what falls due is done, early or late, missed or excused, as families live.

Nothing here knows a model, and nothing writes. The engine says what is due; the responsible role notes what
shows it done.
"""

from samspil.doors.demo.simulate.telling.tales import Deed, Script, Tale, at_noon
from samspil.doors.demo.simulate.telling.told import tell

__all__ = ["Deed", "Script", "Tale", "at_noon", "tell"]
