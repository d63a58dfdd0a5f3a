"""Shapes families for pages: the drawing and its text."""
