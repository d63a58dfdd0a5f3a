"""The pages of meetings."""

from samspil.collaboration.meetings.views import agenda, arranging, holding, minutes

__all__ = ["agenda", "arranging", "holding", "minutes"]
