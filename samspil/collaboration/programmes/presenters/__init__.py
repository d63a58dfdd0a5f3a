"""Shapes collaboration models for pages: the picture, the model's page, the page of one step."""

from samspil.collaboration.programmes.presenters.about import ModelPage, ModelRow, model_page, model_rows
from samspil.collaboration.programmes.presenters.compared import comparison
from samspil.collaboration.programmes.presenters.element import StepPage, step_page
from samspil.collaboration.programmes.presenters.news import news
from samspil.collaboration.programmes.presenters.picture import Picture, picture
from samspil.collaboration.programmes.presenters.poster import Poster, poster
from samspil.collaboration.programmes.presenters.told import provision, source, step_itself, versions
from samspil.collaboration.programmes.presenters.tried import owned_rows, state_of, tried_family
from samspil.collaboration.programmes.presenters.variants import (
    difference_lines,
    leave_groups,
    left_behind_lines,
    missing_titles,
    newer,
    own_rows,
    side_by_side,
    variant_page,
)

__all__ = [
    "ModelPage",
    "ModelRow",
    "Picture",
    "Poster",
    "StepPage",
    "comparison",
    "difference_lines",
    "leave_groups",
    "left_behind_lines",
    "missing_titles",
    "model_page",
    "model_rows",
    "newer",
    "news",
    "own_rows",
    "owned_rows",
    "picture",
    "poster",
    "provision",
    "side_by_side",
    "source",
    "state_of",
    "step_itself",
    "step_page",
    "tried_family",
    "variant_page",
    "versions",
]
