"""The session a page is made in, and how to come back into it after its transaction is gone."""
