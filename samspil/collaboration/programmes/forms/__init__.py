"""The shapes of taking a model up, step by step, and of publishing one."""

from samspil.collaboration.programmes.forms.adopting import Adopt, Stop
from samspil.collaboration.programmes.forms.publishing import Publish

__all__ = ["Adopt", "Publish", "Stop"]
