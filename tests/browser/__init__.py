"""The pages in a real browser, on the real server, with the demo neighbourhood."""
