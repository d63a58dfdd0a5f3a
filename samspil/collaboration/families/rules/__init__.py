"""What must be true of people and families. Pure: no actor, no query, no clock, no request."""
