"""What a figure of the report comes down to, in one line that is read without its table."""

from flask_babel import gettext

from netwerk.domain.report import Block, Figure


def finding(figure: Figure, block: Block | None) -> str:
    """Return the one line of a figure."""
    if block is None:
        return gettext("Too little to show.")
    counts = block.whole.counts
    if figure is Figure.FLOW:
        return gettext(
            "About %(came)s came and %(closed)s were closed. On the last day there were %(end)s.",
            came=counts["in"],
            closed=counts["out"],
            end=counts["end"],
        )
    if figure is Figure.SIGNALS:
        return gettext("About %(count)s signals.", count=counts["noticed"])
    return _share(figure, block.whole.share or 0)


def _share(figure: Figure, share: int) -> str:
    told = {
        Figure.NEEDS: gettext("%(share)s out of 100 needs.", share=share),
        Figure.ASKS: gettext("%(share)s out of 100 times it was a yes.", share=share),
        Figure.STEPPING: gettext("%(share)s out of 100 steps back were in time.", share=share),
        Figure.PHASING: gettext("%(share)s out of 100 times in time.", share=share),
        Figure.ADVICE: gettext("%(share)s out of 100 advices were followed in full.", share=share),
    }
    return told[figure]
