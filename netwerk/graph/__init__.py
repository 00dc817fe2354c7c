"""Pure search and measures over what a view returns."""
