"""One module per task of a user."""
