"""The data of the demo; SOURCES.md says where it comes from."""
