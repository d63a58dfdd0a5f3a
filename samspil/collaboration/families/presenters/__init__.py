"""Shapes families for pages: the drawing and its text; and what a birthday changes, for the law's page."""

from samspil.collaboration.families.presenters.ages import resting_on

__all__ = ["resting_on"]
