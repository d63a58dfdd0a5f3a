"""The access matrix: every route × method × actor kind × target, against an oracle of the policy."""
