"""Facts and rules. Standard library only."""
