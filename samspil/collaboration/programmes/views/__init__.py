"""The pages of collaboration models."""

from samspil.collaboration.programmes.views.models import model, models, picture, step

__all__ = ["model", "models", "picture", "step"]
