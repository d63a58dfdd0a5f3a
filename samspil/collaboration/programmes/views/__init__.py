"""The pages of collaboration models."""

from samspil.collaboration.programmes.views.adopting import adopt, ours, stop, variant
from samspil.collaboration.programmes.views.choosing import choose
from samspil.collaboration.programmes.views.comparing import compare
from samspil.collaboration.programmes.views.owning import owned, publish, trial, variants
from samspil.collaboration.programmes.views.pages import model, models, picture, step
from samspil.collaboration.programmes.views.trying import add_fact, try_model

__all__ = [
    "add_fact",
    "adopt",
    "choose",
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
    "try_model",
    "variant",
    "variants",
]
