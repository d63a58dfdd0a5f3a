"""On what basis something about one person is shared: what was agreed or decided, and what it opens."""
