"""A page as a PDF: tagged (PDF/UA), with our own fonts, and nothing fetched from elsewhere."""

import mimetypes
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from netwerk.resources import folder

PACKAGES: Final = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
"""What it needs of the system, as Debian calls it."""
_HERE: Final = "http://netwerk.invalid/"
_STATIC: Final = f"{_HERE}static/"


@cache
def possible() -> bool:
    """Whether this system can make a PDF: the library needs Pango, which pip does not bring."""
    try:
        import weasyprint  # noqa: F401 -- only who makes a PDF pays for it
    except OSError:
        return False
    return True


def rendered(page: str) -> bytes:
    """Return an HTML page as a PDF; pictures, sheets and fonts come from static/ alone."""
    from weasyprint import HTML

    html = HTML(string=page, base_url=_HERE, url_fetcher=_fetcher())
    return bytes(html.write_pdf(pdf_variant="pdf/ua-1"))


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        """Reads the files of static/, and asks no network for anything."""

        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            file = own_file(url)
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})

    return OwnFiles(allowed_protocols=(), allow_redirects=False)


def own_file(url: str) -> Path:
    """Return the file of static/ that an address names; refuse every other address."""
    root = folder("static").resolve()
    name = unquote(url.removeprefix(_STATIC).partition("?")[0])
    file = (root / name).resolve()
    if not url.startswith(_STATIC) or not file.is_relative_to(root) or not file.is_file():
        message = "not a file of ours"
        raise ValueError(message)
    return file
