"""Trying a model on an invented family: sample families, what was added to one, and what the engine says."""
