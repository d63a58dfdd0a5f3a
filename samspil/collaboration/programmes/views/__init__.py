"""The pages of collaboration models."""

from samspil.collaboration.programmes.views.adopting import adopt, ours, stop, variant
from samspil.collaboration.programmes.views.comparing import compare
from samspil.collaboration.programmes.views.owning import owned, publish, trial, variants
from samspil.collaboration.programmes.views.pages import model, models, picture, step

__all__ = [
    "adopt",
    "compare",
    "model",
    "models",
    "ours",
    "owned",
    "picture",
    "publish",
    "step",
    "stop",
    "trial",
    "variant",
    "variants",
]
