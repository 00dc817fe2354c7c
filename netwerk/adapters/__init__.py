"""Stores behind the ports."""
