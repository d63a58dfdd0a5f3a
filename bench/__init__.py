"""Measurements, run by hand with `make bench`: never among the tests, never timed by them."""
