"""Who may tell what helped."""

from tests.web.access_rules import KEEPERS, OFFICER, WORKERS, Rule, in_file, only

OF_STORIES: dict[str, list[Rule]] = {
    "stories.index": [
        in_file("GET", "stories/"),
        in_file("POST", "stories/", 303, text="De koffie hielp.", agreed="y"),
    ],
    "stories.take_back": [in_file("POST", "stories/{story}/take-back", 303)],
    "stories.team": [only(WORKERS | KEEPERS, "GET", "/stories/")],
    "stories.take_back_shared": [only(KEEPERS, "POST", "/stories/{story}/take-back", 303)],
    "subjects.take_back": [
        only(OFFICER, "POST", "/subjects/annie/stories/story-annie/take-back", 404)
    ],
}
