"""Requests as typed commands."""
