"""Shapes initiatives for pages."""

from samspil.insight.rollout.presenters.card import Page, Row, page, rows
from samspil.insight.rollout.presenters.chart import Chart, chart

__all__ = ["Chart", "Page", "Row", "chart", "page", "rows"]
