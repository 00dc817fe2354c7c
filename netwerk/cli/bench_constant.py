"""A Flask page that returns a constant, served as Netwerk is: what `bench pages` compares with."""

import sys

from flask import Flask

from netwerk.cli.serving import run


def constant() -> Flask:
    """Return the plainest application."""
    app = Flask("constant", static_folder=None)
    app.add_url_rule("/", "index", lambda: "Hello")
    return app


if __name__ == "__main__":
    run(constant, "127.0.0.1", int(sys.argv[1]), workers=int(sys.argv[2]))
