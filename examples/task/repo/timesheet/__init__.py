"""Adds up the hours of a week."""
