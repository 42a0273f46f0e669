"""Disagreements between publications, as a page holds them."""

from __future__ import annotations

from explorer.pages.model.page import DiscrepancySide, DiscrepancyView, FigureLink
from tests.ui.sample_figures import UK, fid

LANCASHIRE = DiscrepancyView(
    id="differ/lancashire",
    heading="Lancashire, 2017/18: offences recorded",
    kind="Published differently",
    text="Sexual communication with a child, published as 175 and 64. The newest of these publications is "
    "shown: NSPCC, September 2019; the others stand beside it.",
    sides=(
        DiscrepancySide(
            figure=fid("lancashire-march"),
            amount="175 offences",
            source="NSPCC, 1 March 2019",
            printed="“175”, table of forces",
            why="Forces responding: 41 of 43 police forces.",
        ),
        DiscrepancySide(
            figure=fid("lancashire-september"),
            amount="64 offences",
            source="NSPCC, September 2019",
            preferred=True,
            printed="“64”, regional page",
            why="The later page may count a part of the year only.",
        ),
    ),
    citation="Lancashire, 2017/18: offences recorded. 175 offences (NSPCC, 1 March 2019); 64 offences "
    "(NSPCC, September 2019; shown).",
)
SCOTLAND = DiscrepancyView(
    id="sum/scotland",
    heading="Scotland, April 2017 to March 2023: offences recorded",
    kind="Total is not the sum",
    text="The total is printed as 3,572; the six years that it spans come to 3,575.",
    sides=tuple(
        DiscrepancySide(
            figure=fid(f"scotland-{year}"),
            amount=f"{year}: {number} offences",
            source="NSPCC, August 2023",
            printed=f"“{number}”, Scotland page",
        )
        for year, number in (("2017/18", 557), ("2018/19", 520))
    ),
    links=(UK,),
    citation="Scotland, April 2017 to March 2023.",
)
REGION = DiscrepancyView(
    id="membership/E12000008",
    heading="South East",
    kind="Region drawn differently",
    text="The release of November 2020 counts three forces as the South East; that of November 2025, four.",
    sides=(),
    links=(FigureLink(figure=fid("south-east"), label="South East, Apr-Jun 2020: 114"),),
    citation="South East: region drawn differently.",
)
CONFLICTS = (LANCASHIRE, SCOTLAND, REGION)
