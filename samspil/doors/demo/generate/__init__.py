"""A whole country of invented families, to try and to measure Samspil with: the same seed, the same rows."""
