"""Codecs between the graph and files."""
