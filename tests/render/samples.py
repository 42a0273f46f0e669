"""Charts to draw in the tests, each one of a kind that ``compose`` makes, and some that it never should."""

from __future__ import annotations

from explorer.pages.model.chart import (
    AxisTick,
    Chart,
    ChartAxis,
    ChartKind,
    ChartShape,
    DataPoint,
    DataSeries,
    DateFlag,
    MarkFill,
    ReferenceLine,
)


def axis(low: float, high: float, *ticks: tuple[float, str], title: str = "", grid: bool = False) -> ChartAxis:
    made = tuple(AxisTick(at=at, label=label) for at, label in ticks)
    return ChartAxis(title=title, low=low, high=high, ticks=made, grid=grid)


def values(high: int, step: int, title: str = "Offences recorded", suffix: str = "") -> ChartAxis:
    ticks = ((at, f"{at:,}{suffix}") for at in range(0, high + 1, step))
    return axis(0, high, *ticks, title=title, grid=True)


def datum(
    figure: str,
    start: float,
    end: float,
    value: float | None,
    label: str = "",
    fill: MarkFill = MarkFill.SOLID,
    *,
    at: float | None = None,
    joined: bool = False,
    spread: tuple[float | None, float | None] = (None, None),
) -> DataPoint:
    return DataPoint(
        figure=figure,
        start=start,
        end=end,
        at=(start + end) / 2 if at is None else at,
        value=value,
        fill=fill,
        label=label or ("[x]" if value is None else f"{value:g}"),
        name=f"{figure}: {label or value}",
        low=spread[0],
        high=spread[1],
        joined=joined,
    )


def chart(
    shape: ChartShape,
    categories: ChartAxis,
    upward: ChartAxis,
    *series: DataSeries,
    kind: ChartKind = ChartKind.TREND,
    **more,
) -> Chart:
    words = {
        "title": "Recorded offences rose each year",
        "subtitle": "Sexual communication with a child, Cambridgeshire, 2017/18 to Apr–Jun 2020",
        "alt_text": "Columns: 66 offences in 2017/18, 71 in 2018/19, 77 in 2019/20, 22 in Apr–Jun 2020.",
        "source_line": "Source: Peterborough Telegraph, paragraph 5. Recorded offences; more recording is "
        "not more abuse.",
        "notes": ("April to June 2020 is a quarter and is not drawn to be read against whole years.",),
    }
    words.update(more)
    return Chart(kind=kind, shape=shape, categories=categories, values=upward, series=series, **words)


YEARS = ((2017.75, "2017/18"), (2018.75, "2018/19"), (2019.75, "2019/20"), (2020.375, "Apr–Jun\n2020"))


def trend() -> Chart:
    return chart(
        ChartShape.COLUMNS,
        axis(2017.1, 2020.65, *YEARS),
        values(80, 20),
        DataSeries(
            name="Cambridgeshire",
            role=0,
            data=(
                datum("c-2017", 2017.25, 2018.25, 66),
                datum("c-2018", 2018.25, 2019.25, 71),
                datum("c-2019", 2019.25, 2020.25, 77),
                datum("c-q1", 2020.25, 2020.5, 22, fill=MarkFill.PART),
            ),
        ),
        rules=(ReferenceLine(start=2020.25, end=2020.5, value=19.25, label="Average quarter of 2019/20: 19.25"),),
        keys=((MarkFill.PART, "Part of a year"),),
    )


def flagged() -> Chart:
    plain = trend()
    flags = (
        DateFlag(at=2017.26, label="Offence in force, 3 Apr 2017", name="The offence came into force, 3 April 2017"),
        DateFlag(at=2019.27, label="White Paper, 8 Apr 2019", name="Online Harms White Paper, 8 April 2019"),
        DateFlag(at=2020.25, label="39 forces before, 38 after", name="Coverage changes", break_=True),
    )
    return chart(
        plain.shape,
        plain.categories,
        plain.values,
        *plain.series,
        rules=plain.rules,
        keys=plain.keys,
        flags=flags,
    )


def open_ended() -> Chart:
    return chart(
        ChartShape.COLUMNS,
        axis(-0.6, 2.6, (0, "United Kingdom"), (1, "East of England"), (2, "Cambridgeshire")),
        values(1500, 500),
        DataSeries(
            name="Offences",
            role=0,
            data=(
                datum("uk", -0.35, 0.35, 1200, "at least 1,200", MarkFill.OPEN_ENDED),
                datum("east", 0.65, 1.35, 114),
                datum("cambs", 1.65, 2.35, 22),
            ),
        ),
        keys=((MarkFill.OPEN_ENDED, "At least: printed as “more than 1,200”"),),
        title="The East recorded 114 of over 1,200 offences",
    )


PERCENT = values(60, 20, "Per cent of offences", "%")
APPS = ((0, "Instagram"), (1, "Facebook-owned apps: Facebook, Instagram, WhatsApp"))


def platforms() -> Chart:
    return chart(
        ChartShape.ROWS,
        axis(-0.5, 1.5, *APPS),
        PERCENT,
        DataSeries(
            name="East of England",
            role=0,
            data=(datum("ig", -0.35, 0.35, 36, "36%"), datum("fb", 0.65, 1.35, 52, "52%")),
        ),
        kind=ChartKind.PLATFORMS,
        title="Over half on apps Facebook owns",
    )


def grouped() -> Chart:
    return chart(
        ChartShape.ROWS,
        axis(-0.5, 1.5, *APPS),
        PERCENT,
        DataSeries(
            name="East of England",
            role=0,
            data=(datum("e-ig", -0.4, 0, 36, "36%"), datum("e-fb", 0.6, 1, 52, "52%")),
        ),
        DataSeries(
            name="United Kingdom",
            role=1,
            data=(datum("u-ig", 0, 0.4, 37, "37%"), datum("u-fb", 1, 1.4, None, "[x]", MarkFill.MISSING)),
        ),
        kind=ChartKind.COMPARE,
        legend=True,
        title="Instagram’s share is alike in both",
    )


def shift() -> Chart:
    return chart(
        ChartShape.LINES,
        axis(-0.4, 1.4, (0, "Apr 2017–Mar 2020"), (1, "Apr–Jun 2020")),
        values(40, 10, "Per cent of offences", "%"),
        DataSeries(
            name="Instagram",
            role=0,
            end_label="Instagram",
            data=(
                datum("s-before", -0.1, 0.1, 29, "29%", spread=(28.5, 29.5)),
                datum("s-after", 0.9, 1.1, 37, "37%", joined=True, spread=(36.5, 37.5)),
            ),
        ),
        kind=ChartKind.SHIFT,
        title="Instagram’s share rose by 8 points",
    )


def lines(count: int = 3) -> Chart:
    names = (
        "England and Wales",
        "East of England",
        "Cambridgeshire",
        "Norfolk",
        "Suffolk",
        "Northamptonshire",
    )
    series = []
    for number in range(count):
        base = 20 + 17 * number
        series.append(
            DataSeries(
                name=names[number],
                role=number,
                end_label=names[number],
                data=tuple(
                    datum(
                        f"{number}-{year}",
                        2017.25 + year,
                        2018.25 + year,
                        None if (number, year) == (1, 1) else base + (7 * year * (number + 2)) % 23,
                        fill=(MarkFill.SOLID, MarkFill.HOLLOW, MarkFill.PART, MarkFill.OPEN_ENDED)[
                            year if number == 2 else 0
                        ],
                        joined=year != 2,
                        spread=(base - 8, base + 19) if year == 3 and number == 0 else (None, None),
                    )
                    for year in range(4)
                ),
            )
        )
    ticks = ((2017.75 + year, f"{2017 + year}/{18 + year}") for year in range(4))
    return chart(
        ChartShape.LINES,
        axis(2017.25, 2021.25, *ticks),
        values(140, 20),
        *series,
        flags=(DateFlag(at=2019.25, label="Coverage changes", name="Coverage changes in 2019", break_=True),),
        keys=((MarkFill.HOLLOW, "Superseded"), (MarkFill.PART, "Part of a year")),
    )


def missing() -> Chart:
    return chart(
        ChartShape.COLUMNS,
        axis(-0.5, 2.5, (0, "2017/18"), (1, "2018/19"), (2, "2019/20")),
        values(80, 20),
        DataSeries(
            name="Norfolk",
            role=0,
            data=(
                datum("m-0", -0.35, 0.35, 60),
                datum("m-1", 0.65, 1.35, None, "[x]", MarkFill.MISSING),
                datum("m-2", 1.65, 2.35, 0),
            ),
        ),
    )


def empty() -> Chart:
    return chart(
        ChartShape.COLUMNS,
        axis(0, 1),
        axis(0, 1),
        title="Peterborough",
        empty="No figures are printed for Peterborough. Choose Cambridgeshire, its police force.",
    )


def six_columns() -> Chart:
    names = ("Instagram", "Facebook", "WhatsApp", "Snapchat", "Kik", "Twitter")
    series = tuple(
        DataSeries(
            name=name,
            role=role,
            data=tuple(
                datum(
                    f"{name}-{year}",
                    year - 0.42 + role * 0.14,
                    year - 0.28 + role * 0.14,
                    80 - role * 11 + year,
                )
                for year in range(2)
            ),
        )
        for role, name in enumerate(names)
    )
    return chart(
        ChartShape.COLUMNS,
        axis(-0.5, 1.5, (0, "2018/19"), (1, "2019/20")),
        values(100, 25),
        *series,
        legend=True,
    )


def long_names(count: int = 6) -> Chart:
    name = "Avon and Somerset, Devon and Cornwall, Dorset, Gloucestershire and Wiltshire police force areas"
    return chart(
        ChartShape.ROWS,
        axis(-0.5, count - 0.5, *((at, f"{name} {at + 1}") for at in range(count))),
        values(1500, 500),
        DataSeries(
            name="Offences",
            role=0,
            data=tuple(
                datum(
                    f"n-{at}",
                    at - 0.35,
                    at + 0.35,
                    1300 - at * 150,
                    f"at least {1300 - at * 150:,}" if at % 2 == 0 else "",
                    MarkFill.OPEN_ENDED if at % 2 == 0 else MarkFill.SOLID,
                )
                for at in range(count)
            ),
        ),
    )


def forces(count: int = 45) -> Chart:
    return chart(
        ChartShape.ROWS,
        axis(-0.5, count - 0.5, *((at, f"Police force area {at + 1}") for at in range(count))),
        values(500, 100),
        DataSeries(
            name="Offences",
            role=0,
            data=tuple(datum(f"f-{at}", at - 0.35, at + 0.35, 480 - at * 10) for at in range(count)),
        ),
    )


HOSTILE = (
    "<b>bold</b> &amp; <script>alert(1)</script>\x00\x07\u202e]x[ 0021\u202c \ud800 \ufffe" + "W" * 40 + " m" * 5000
)


def hostile() -> Chart:
    return chart(
        ChartShape.COLUMNS,
        axis(-0.5, 1.5, (0, HOSTILE), (1, "\x00"), title=HOSTILE),
        axis(0, 10, (0, "0"), (5, HOSTILE), (10, "10"), title=HOSTILE, grid=True),
        DataSeries(
            name=HOSTILE,
            role=99,
            data=(datum("h\x00", -0.4, 0.4, 7, HOSTILE), datum("h2", 0.6, 1.4, float("nan"), HOSTILE)),
        ),
        title=HOSTILE,
        subtitle=HOSTILE,
        notes=(HOSTILE, "\x00"),
        source_line=HOSTILE,
        alt_text=HOSTILE,
        flags=(DateFlag(at=0.0, label=HOSTILE, name=HOSTILE),),
        rules=(ReferenceLine(start=0.6, end=1.4, value=3, label=HOSTILE),),
        keys=((MarkFill.PART, HOSTILE),),
        legend=True,
    )


ALL = {
    made.__name__: made
    for made in (
        trend,
        flagged,
        open_ended,
        platforms,
        grouped,
        shift,
        lines,
        missing,
        empty,
        six_columns,
        long_names,
        forces,
        hostile,
    )
}
