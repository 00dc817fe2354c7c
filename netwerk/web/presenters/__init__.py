"""What the core answers, as the pages show it."""
