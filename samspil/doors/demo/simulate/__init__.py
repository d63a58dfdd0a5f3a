"""Plausible courses of any model, from its definition alone: first told as facts, then lived through."""
