"""Who may use the routes of the inhabitant's side, and of exceptions."""

from tests.web.access_rules import OFFICER, WHY, WORKERS, Rule, filled_in, in_file, only

OF_SUBJECTS: dict[str, list[Rule]] = {
    "emergency.index": [
        only(WORKERS, "GET", "/emergency/"),
        only(WORKERS, "POST", "/emergency/", name="Niemand Hier", reason="Ze belde in paniek."),
    ],
    "own_file.index": [in_file("GET", "own-file/")],
    "corrections.index": [in_file("GET", "corrections/")],
    "corrections.new": [
        in_file("GET", "corrections/new?record={goal}"),
        in_file("POST", "corrections/new?record={goal}", 303, said="Bakken, niet koken."),
    ],
    "corrections.answer": filled_in("corrections/{correction}", outcome="done", words="Ja."),
    "own_file.letter": [in_file("GET", "own-file/letter")],
    "own_file.paper": [in_file("GET", "own-file/file.pdf")],
    "subjects.index": [only(OFFICER, "GET", "/subjects/")],
    "subjects.search": [only(OFFICER, "POST", "/subjects/", name="Wie", reason=WHY)],
    "subjects.open_request": [only(OFFICER, "POST", "/subjects/annie/open", 303, reason=WHY)],
    "subjects.show": [only(OFFICER, "GET", "/subjects/annie/", 404)],
    "subjects.paper": [only(OFFICER, "GET", "/subjects/annie/file", 404)],
    "subjects.as_file": [only(OFFICER, "GET", "/subjects/annie/file.pdf", 404)],
    "subjects.export": [
        only(OFFICER, "GET", "/subjects/annie/export", 404),
        only(OFFICER, "POST", "/subjects/annie/export", 404, reason=WHY, password="x"),
    ],
    "subjects.erase": [
        only(OFFICER, "GET", "/subjects/annie/erase", 404),
        only(OFFICER, "POST", "/subjects/annie/erase", 404, reason=WHY, password="x"),
    ],
    "oversight.retention": [only(OFFICER, "GET", "/oversight/retention")],
    "oversight.note": [only(OFFICER, "POST", "/oversight/exceptions/seen", 404)],
}
