"""Who may tell what helped."""

from tests.web.access_rules import Rule, in_file

OF_STORIES: dict[str, list[Rule]] = {
    "stories.index": [
        in_file("GET", "stories/"),
        in_file("POST", "stories/", 303, text="De koffie hielp.", agreed="y"),
    ],
    "stories.take_back": [in_file("POST", "stories/{story}/take-back", 303)],
}
