"""What the numbers of a page cannot tell: said plainly beside them, before somebody else says it."""

from __future__ import annotations

from explorer.evidence import Unit, formatting
from explorer.evidence.analysis import counts_whole_place
from explorer.pages.charts import ChartContext
from explorer.pages.model import Chart
from explorer.pages.text import phrases

HARM = "How many children were harmed: an offence recorded is one record, and many offences are never reported."
RISE = "Whether there is more abuse: recording, reporting and coverage change too."
TREND = "A long-term trend: police recorded crime does not show trends reliably (Office for Statistics Regulation)."
LOCAL = "What happens in one town or school: nothing here is below the level of a police force area."
WHO = "Who offended, where, or what came of it: outcomes are not in these figures."


def choose_caution(material: ChartContext, chart: Chart) -> str:
    """The one caution that would change most what a reader takes from ``chart``; empty where there is none."""
    doubtful = sum(figure.in_doubt is not None for figure in material.figures)
    if doubtful == 1:
        return "A number here is in doubt: read the notes before you use it."
    if doubtful:
        return f"{doubtful} numbers here are in doubt: read the notes before you use them."
    if any(note.startswith(phrases.BREAKS) for note in chart.notes):
        return "What is counted, or where, changes on the way: do not compare across a break."
    if phrases.UNKNOWN_COVERAGE in chart.notes:
        return "It is not known that every period counts the same police forces."
    if phrases.COUNTS_NOT_RATES in chart.notes:
        return "Places differ in size: these are counts, not rates."
    return "More recorded does not mean more happened." if phrases.MORE_RECORDING in chart.notes else ""


def cannot_tell(material: ChartContext) -> tuple[str, ...]:
    """What the page's numbers cannot tell, the most important first; nothing where there are no numbers."""
    if not material.figures or material.measure.unit not in {Unit.OFFENCES, Unit.CHANGE, Unit.PER_CENT}:
        return ()
    place = material.reach.place
    limitations = [RISE, TREND, HARM]
    if not any(figure.platform for figure in material.reach.figure_query.figures_for(place.code)):
        limitations.append(
            f"Which apps were used: we hold no platform figure for {formatting.place_in_sentence(place)}."
        )
    elif any(figure.platform and not figure.base_figure for figure in material.figures):
        limitations.append("How many offences a share stands for, where its base is not known.")
    own = [figure for figure in material.figures if figure.place == place.code]
    if any(not counts_whole_place(figure, material.library) for figure in own):
        limitations.append("Which police forces are counted in each figure: that is not known for all of them.")
    return (*limitations, WHO, LOCAL)
