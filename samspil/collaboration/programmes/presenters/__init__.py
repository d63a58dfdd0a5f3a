"""Shapes collaboration models for pages: the picture, the model's page, the page of one step."""

from samspil.collaboration.programmes.presenters.about import ModelPage, ModelRow, model_page, model_rows
from samspil.collaboration.programmes.presenters.element import StepPage, step_page
from samspil.collaboration.programmes.presenters.picture import Picture, picture
from samspil.collaboration.programmes.presenters.poster import Poster, poster
from samspil.collaboration.programmes.presenters.told import provision, source, step_itself, versions

__all__ = [
    "ModelPage",
    "ModelRow",
    "Picture",
    "Poster",
    "StepPage",
    "model_page",
    "model_rows",
    "picture",
    "poster",
    "provision",
    "source",
    "step_itself",
    "step_page",
    "versions",
]
