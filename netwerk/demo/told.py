"""What helped, as inhabitants of the demo let their team tell it: without names."""

from typing import Final

from netwerk.demo.draft import Draft

_TOLD: Final = (
    "Ze durfde niet alleen naar de eettafel. De buurvrouw liep twee keer mee. De derde keer ging "
    "ze zelf, en nu haalt zij een ander op.",
    "Hij had geen hulp nodig, zei hij. Wel wilde hij iets doen. Hij repareert nu fietsen in het "
    "wijkhuis, en daar kwam het gesprek over zijn brieven.",
    "We dachten aan een cursus. Het werd haar nicht, die op zondag de formulieren meeleest. "
    "Niemand had het haar nog gevraagd.",
)


def add_stories(draft: Draft) -> None:
    """Add a story to a few of the open cases of each team; De Wit has yet to tell one."""
    for cluster in draft.workers:
        files = [f for f in draft.files if f.cluster == cluster and f.opened > 60]
        files = [f for f in files if f.person != draft.town.id("p-dewit")]
        for number, (file, text) in enumerate(zip(files, _TOLD, strict=False)):
            on = draft.town.ago(10 + 9 * number)
            key = f"story-{cluster.lower()}-{number}"
            story = draft.node("Story", key, text=text, told_on=on, agreed_on=on)
            draft.link("KEPT_IN", story, file.case)
