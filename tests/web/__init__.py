"""The pages as a browser gets them, without the browser."""
