"""The pages of plans: goals and what is agreed, versions, efforts."""

from samspil.collaboration.plans.views import agreements, efforts, plan

__all__ = ["agreements", "efforts", "plan"]
