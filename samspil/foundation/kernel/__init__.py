"""Floor 1: words and values that every floor uses. No tables, no request, no clock of its own."""
