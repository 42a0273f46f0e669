"""Charts of several years, places and releases to draw in the tests: second figures, breaks and events."""

from __future__ import annotations

from msgspec.structs import replace

from explorer.pages.model.chart import (
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
from tests.render.samples import axis, chart, datum, values

UK = (3728, 4373, 5441, 5568, 6156, 6354, 7062, 7263, 7300)
ENGLAND_AND_WALES = (3217, 4000, 5000, 5120, 5700, 5990, 6501, 6720, 6900)
NAMES = ("Cambridgeshire", "Kent", "Norfolk", "Lancashire", "Avon and Somerset", "Devon and Cornwall")
HOLLOW_KEY = ((MarkFill.HOLLOW, "Printed by another release for the same period"),)


def years(count: int) -> ChartAxis:
    ticks = ((2017.75 + at, f"{2017 + at}/{18 + at}") for at in range(count))
    return axis(2017.25, 2017.25 + count, *ticks)


def year(figure: str, at: int, value: float | None, **more: object) -> DataPoint:
    """A financial year's datum, ``at`` years after 2017/18."""
    label = f"{value:,}" if isinstance(value, int) else ""
    return datum(figure, 2017.25 + at, 2018.25 + at, value, label, **more)  # type: ignore[arg-type]


def disagreeing() -> Chart:
    """Second figures far above, just above, just below and far below the preferred one."""
    pairs = ((64, 175), (184, 186), (220, 214), (150, 60), (90, 104), (120, None))
    data: list[DataPoint] = []
    for at, (first, second) in enumerate(pairs):
        data.append(year(f"first-{at}", at, first))
        if second is not None:
            data.append(year(f"second-{at}", at, second, fill=MarkFill.HOLLOW))
    series = DataSeries(name="Lancashire", role=0, data=tuple(data))
    return chart(ChartShape.COLUMNS, years(6), values(250, 50), series, keys=HOLLOW_KEY)


def three_releases() -> Chart:
    """Four releases on one year, near each other, one before and one after it."""
    data = (
        year("a", 0, 3217),
        year("b", 0, 3171, fill=MarkFill.HOLLOW),
        year("c", 0, 3188, fill=MarkFill.HOLLOW),
        year("d", 0, 2100, fill=MarkFill.HOLLOW),
        year("e", 1, 4000),
        year("f", 1, 3990, fill=MarkFill.HOLLOW),
    )
    series = DataSeries(name="England and Wales", role=1, data=data)
    return chart(ChartShape.COLUMNS, years(2), values(5000, 1000), series, keys=HOLLOW_KEY)


def two_nations() -> Chart:
    """United Kingdom and England and Wales, each in its own half of the year."""
    first = tuple(datum(f"uk-{at}", 2017.25 + at, 2017.75 + at, value, f"{value:,}") for at, value in enumerate(UK))
    other = tuple(
        datum(f"ew-{at}", 2017.75 + at, 2018.25 + at, value, f"{value:,}") for at, value in enumerate(ENGLAND_AND_WALES)
    )
    return chart(
        ChartShape.COLUMNS,
        years(9),
        values(8000, 2000),
        DataSeries(name="United Kingdom", role=0, data=first),
        DataSeries(name="England and Wales", role=1, data=other),
        legend=True,
    )


def _breaks(*places: tuple[float, str]) -> tuple[DateFlag, ...]:
    return tuple(
        DateFlag(at=at, label=label, name=f"Coverage changes: {label} answered.", break_=True) for at, label in places
    )


BREAKS = _breaks(
    (2018.25, "39 to 38 forces"),
    (2020.25, "38 to 42 forces"),
    (2021.25, "42 to 45 forces"),
    (2022.25, "England and Wales to United Kingdom"),
    (2024.25, "45 to 44 forces"),
)
EVENTS = tuple(
    DateFlag(at=at, label=label, name=f"{label}: what the record says of it.")
    for at, label in (
        (2017.27, "Sexual communication with a child becomes an offence, 3 Apr 2017"),
        (2019.27, "Online Harms White Paper, 8 Apr 2019"),
        (2020.12, "Initial response to the consultation, Feb 2020"),
        (2020.96, "Full response to the consultation, 15 Dec 2020"),
        (2021.36, "Draft Online Safety Bill, 12 May 2021"),
        (2021.67, "Age appropriate design code in force, 2 Sep 2021"),
        (2021.95, "Joint committee reports on the draft, 14 Dec 2021"),
        (2022.2, "Online Safety Bill introduced, 17 Mar 2022"),
        (2022.5, "Bill paused in the Commons, Jul 2022"),
        (2023.05, "Third reading in the Commons, 17 Jan 2023"),
        (2023.7, "Bill passes both Houses, 19 Sep 2023"),
        (2023.81, "Online Safety Act, 26 Oct 2023"),
        (2023.86, "Consultation on illegal harms opens, 9 Nov 2023"),
        (2024.35, "Consultation on the Children's codes, 8 May 2024"),
        (2024.96, "Illegal harms codes, 16 Dec 2024"),
        (2025.04, "Guidance on age assurance, 16 Jan 2025"),
        (2025.21, "Illegal harms duties in force, 17 Mar 2025"),
        (2025.31, "Children's codes published, 24 Apr 2025"),
        (2025.56, "Child safety duties in force, 25 Jul 2025"),
        (2025.9, "Second consultation on further measures, Nov 2025"),
    )
)


def broken() -> Chart:
    data = tuple(year(f"uk-{at}", at, value) for at, value in enumerate(UK))
    series = DataSeries(name="United Kingdom", role=0, data=data)
    return chart(ChartShape.COLUMNS, years(9), values(8000, 2000), series, flags=BREAKS)


def timeline() -> Chart:
    """A line with five breaks and all twenty events."""
    apart = {round(flag.at - 2017.25) for flag in BREAKS}
    data = tuple(year(f"uk-{at}", at, value, joined=at > 0 and at not in apart) for at, value in enumerate(UK))
    series = DataSeries(name="United Kingdom", role=0, data=data, end_label="United Kingdom")
    return chart(
        ChartShape.LINES,
        replace(years(9), low=2015.0, high=2026.25),
        values(8000, 2000),
        series,
        flags=(*BREAKS, *EVENTS),
    )


def three_events() -> Chart:
    return replace(broken(), flags=(BREAKS[1], *EVENTS[:3]))


def six_places() -> Chart:
    """Six lines on an index of 100, that ends close together and runs under 100."""
    series = tuple(
        DataSeries(
            name=name,
            role=role,
            end_label=name,
            data=tuple(
                year(f"{name}-{at}", at, 100 + (at * (9 + role * 3) + role * at * at * (-1) ** role) % 140)
                if at
                else year(f"{name}-0", 0, 100, joined=False)
                for at in range(8)
            ),
        )
        for role, name in enumerate(NAMES)
    )
    joined = tuple(replace(one, data=tuple(replace(d, joined=n > 0) for n, d in enumerate(one.data))) for one in series)
    ticks = ((float(at), str(at)) for at in range(80, 261, 20))
    return chart(
        ChartShape.LINES,
        years(8),
        axis(80, 260, *ticks, title="Index, 2017/18 = 100", grid=True),
        *joined,
        rules=(ReferenceLine(start=2017.25, end=2025.25, value=100, label="2017/18"),),
        kind=ChartKind.COMPARE,
    )


def changes(shape: ChartShape = ChartShape.LINES) -> Chart:
    """Per cent changes, some of them falls."""
    amounts = (-28, 12, 94, 310, -4, 0, 55)
    data = tuple(
        datum(
            f"c-{at}",
            2017.3 + at,
            2018.2 + at,
            value,
            f"{value:+d}%".replace("-", "−"),
            joined=at > 0,
        )
        for at, value in enumerate(amounts)
    )
    ticks = ((float(at), f"{at}%".replace("-", "−")) for at in range(-50, 351, 50))
    upward = axis(-50, 350, *ticks, title="Change since the year before", grid=True)
    if shape is ChartShape.ROWS:
        data = tuple(replace(one, start=at - 0.3, end=at + 0.3, at=float(at)) for at, one in enumerate(data))
        down = axis(-0.5, 6.5, *((at, f"{2018 + at}/{19 + at}") for at in range(7)))
        return chart(shape, down, upward, DataSeries(name="Kent", role=0, data=data))
    return chart(shape, years(7), upward, DataSeries(name="Kent", role=0, data=data))


def changing_columns() -> Chart:
    return changes(ChartShape.COLUMNS)


def changing_rows() -> Chart:
    return changes(ChartShape.ROWS)


def grouped_rows(places: int = 6, count: int = 4, first: int = 0) -> Chart:
    """Places down the side, a bar for each period in every one of them."""
    thick = 0.8 / count
    series = tuple(
        DataSeries(
            name=f"{2017 + number}/{18 + number}",
            role=first + number,
            data=tuple(
                datum(
                    f"{place}-{number}",
                    place - 0.4 + number * thick,
                    place - 0.4 + (number + 1) * thick,
                    None if (place, number) == (2, 1) else 40 + (place * 67 + number * 31) % 190,
                    at=float(place),
                )
                for place in range(places)
            ),
        )
        for number in range(count)
    )
    names = (*NAMES, "England and Wales", "Yorkshire and the Humber, as the release of 2023 defines it")
    down = axis(-0.5, places - 0.5, *((at, names[at]) for at in range(places)))
    return chart(ChartShape.ROWS, down, values(250, 50), *series, legend=True)


def many_rows() -> Chart:
    return grouped_rows(8, 6, 5)


def disagreeing_rows() -> Chart:
    pairs = ((64, 175), (184, 186), (3, None), (230, 90))
    data: list[DataPoint] = []
    for at, (first, second) in enumerate(pairs):
        data.append(datum(f"first-{at}", at - 0.35, at + 0.35, first))
        if second is not None:
            data.append(datum(f"second-{at}", at - 0.35, at + 0.35, second, fill=MarkFill.HOLLOW))
    down = axis(-0.5, 3.5, *((at, NAMES[at]) for at in range(4)))
    series = DataSeries(name="2017/18", role=0, data=tuple(data))
    return chart(ChartShape.ROWS, down, values(250, 50), series, keys=HOLLOW_KEY)


def disagreeing_lines() -> Chart:
    pairs = ((64, 175), (184, 186), (120, None), (230, 90), (200, 207))
    data: list[DataPoint] = []
    for at, (first, second) in enumerate(pairs):
        data.append(year(f"first-{at}", at, first, joined=at > 0))
        if second is not None:
            data.append(year(f"second-{at}", at, second, fill=MarkFill.HOLLOW))
    series = DataSeries(name="Lancashire", role=0, data=tuple(data), end_label="Lancashire")
    return chart(ChartShape.LINES, years(5), values(250, 50), series, keys=HOLLOW_KEY)


def periods_of_all_lengths() -> Chart:
    """A share over time: three years together, whole years, a quarter and half a year."""
    spans = ((2017.25, 2020.25, 29), (2018.25, 2019.25, 32), (2020.25, 2020.5, 37), (2020.5, 2021.0, 38))
    data = tuple(
        datum(
            f"p-{at}",
            low,
            high,
            value,
            f"{value}%",
            fill=MarkFill.SOLID if high - low >= 1 else MarkFill.PART,
        )
        for at, (low, high, value) in enumerate(spans)
    )
    series = DataSeries(name="Instagram", role=0, data=data, end_label="Instagram")
    other = DataSeries(
        name="Snapchat",
        role=7,
        end_label="Snapchat",
        data=tuple(replace(one, figure=f"s{one.figure}", value=(one.value or 0) - 9, label="") for one in data),
    )
    shares = values(60, 20, "Per cent of offences", "%")
    return chart(ChartShape.LINES, years(5), shares, series, other, keys=((MarkFill.PART, "Part of a year"),))


def platforms_together() -> Chart:
    """Roles past the theme's colours beside others."""
    apps = ("Instagram", "Snapchat", "WhatsApp", "Kik", "Twitter", "Meta-owned apps")
    roles = (0, 3, 2, 6, 7, 21)
    series = tuple(
        DataSeries(
            name=name,
            role=role,
            data=tuple(
                datum(f"{name}-{at}", at - 0.42 + n * 0.14, at - 0.28 + n * 0.14, 50 - n * 6 + at) for at in range(2)
            ),
        )
        for n, (name, role) in enumerate(zip(apps, roles, strict=True))
    )
    years_ = axis(-0.5, 1.5, (0, "2018/19"), (1, "2019/20"))
    return chart(ChartShape.COLUMNS, years_, values(60, 20), *series, legend=True)


ALL = {
    made.__name__: made
    for made in (
        disagreeing,
        three_releases,
        two_nations,
        broken,
        timeline,
        three_events,
        six_places,
        changes,
        changing_columns,
        changing_rows,
        grouped_rows,
        many_rows,
        disagreeing_rows,
        disagreeing_lines,
        periods_of_all_lengths,
        platforms_together,
    )
}
