"""Who may use the routes of the effort of the team."""

from tests.web.access_rules import Rule, filled_in, in_file

_HOURS = {"hours": "0,25", "since": "2026-09-01", "note": ""}
_WHY = {"direction": "down", "scaled_on": "2026-09-01", "reason": "Het gaat."}
_MINE = {f"{name}_{number}": "" for name in ("on", "who") for number in range(4)}
OF_EFFORT: dict[str, list[Rule]] = {
    "effort.index": [in_file("GET", "effort/")],
    "effort.new": [
        in_file("GET", "effort/new"),
        in_file("POST", "effort/new", 303, worker="w-mate", **_HOURS, **_MINE),
    ],
    "effort.change": filled_in("effort/of/{colleague}", worker="w-own", **_HOURS, **_MINE),
    "effort.step_back": [in_file("POST", "effort/steps/{step}", 303)],
    "effort.new_scaling": [
        in_file("GET", "effort/scaling/new"),
        in_file("POST", "effort/scaling/new", 303, **_WHY),
    ],
    "effort.scaling": filled_in("effort/scaling/{scaling}", **_WHY),
}
