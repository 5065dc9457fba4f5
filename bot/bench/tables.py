"""The figures of the benchmarks as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from bot.bench.asking import Report
from bot.bench.curated import Speed, table
from bot.bench.slips import KINDS
from bot.bench.speed import CLEAN, OURS, Size

_MIB = 1024 * 1024
_WRATIO = "rapidfuzz WRatio"
_TIMES = {10_000: 100, 100_000: 1000}
"""Names → times as fast as WRatio over all names."""
_RATES = {100_000: 8000, 1_000_000: 5000}
"""Names → clean questions a second on one core."""


def _console() -> Console:
    # a pipe or a file gets whole lines
    console = Console(highlight=False, emoji=False, markup=False)
    return console if console.is_terminal else Console(highlight=False, emoji=False, markup=False, width=160)


def print_curated(speed: Speed) -> None:
    """The table of one base."""
    console = _console()
    console.print("The base", style="bold")
    console.print(table(speed))
    console.print()


def print_sizes(sizes: Sequence[Size]) -> None:
    """For each made-up base its own figures, the times of all tools, and what they found."""
    console = _console()
    for size in sizes:
        console.print(f"{size.names:,} names, {size.facts:,} facts", style="bold")
        console.print(
            f"built in {size.build_seconds:,} s, {size.build_rate:,} facts a second, "
            f"{size.build_peak_bytes / _MIB:,.0f} MiB of memory; "
            f"{size.base_bytes / _MIB:,.1f} MiB on disk; opened to its first answer in {size.open_ms} ms; "
            f"{size.resident_bytes / _MIB:,.0f} MiB of memory after 2,000 questions"
        )
        console.print(_times(size))
        console.print(_recall(size))
        for note in size.notes:
            console.print(f"note: {note}", style="dim")
        console.print()


def _times(size: Size) -> Table:
    found = Table(title="Time of a question, all kinds", title_justify="left")
    for head in ("tool", "questions", "p50 µs", "p99 µs", "p99 µs, processor", "a second", "times ours"):
        found.add_column(head, justify="left" if head == "tool" else "right")
    for tool, kinds in size.tools.items():
        row = kinds["all"]
        figures = (
            row["questions"],
            row["p50_us"],
            row["p99_us"],
            row["p99_cpu_us"],
            row["per_second"],
            row["times_ours"],
        )
        found.add_row(tool, *(f"{figure:,}" for figure in figures))
    return found


def _recall(size: Size) -> Table:
    found = Table(title="Name found first / among five, per cent (ours on the same questions)", title_justify="left")
    found.add_column("tool")
    kinds = (CLEAN, *KINDS)
    for kind in kinds:
        found.add_column(kind, justify="right")
    for tool, tallies in size.tools.items():
        found.add_row(tool, *(_found(tallies.get(kind), ours=tool == OURS) for kind in kinds))
    for what in ("right", "wrong"):
        rows = size.tools[OURS]
        found.add_row(f"Modu, answered {what}", *(f"{rows[k][what]}" if k in rows else "-" for k in kinds))
    return found


def _found(row: dict[str, float] | None, *, ours: bool) -> str:
    if row is None:
        return "-"
    both = f"{row['top1']:.0f} / {row['top5']:.0f}"
    return both if ours else f"{both} ({row['ours_top1']:.0f})"


def print_goals(sizes: Sequence[Size]) -> None:
    """What the goals of docs/benchmarks.md say of the sizes measured."""
    console = _console()
    found = Table(title="Goals", title_justify="left")
    for head in ("measure", "goal", "measured", ""):
        found.add_column(head)
    for measure, goal, measured, held in goals(sizes):
        found.add_row(measure, goal, measured, "held" if held else "missed")
    if found.row_count:
        console.print(found)


def goals(sizes: Sequence[Size]) -> list[tuple[str, str, str, bool]]:
    """(measure, goal, measured, whether it is held) for the goals that can be told from these sizes."""
    found: list[tuple[str, str, str, bool]] = []

    def add(measure: str, sign: str, goal: float, value: float, unit: str = "") -> None:
        held = value >= goal if sign == "≥" else value <= goal
        shown = f"{value:,.2f}".rstrip("0").rstrip(".") if value < 100 else f"{value:,.0f}"
        found.append((measure, f"{sign} {goal:,}{unit}", shown + unit, held))

    for size in sizes:
        ours, name = size.tools[OURS], f"{size.names:,} names"
        brute = size.tools.get(_WRATIO, {})
        if brute and size.names in _TIMES:
            add(f"{name}: times as fast as WRatio", "≥", _TIMES[size.names], brute["all"]["times_ours"])
        if brute:
            worst = min(brute[k]["ours_top1"] - brute[k]["top1"] for k in KINDS if k in brute)
            add(f"{name}: top-1 over WRatio's, worst slip", "≥", 0, worst, " points")
        if size.names in _RATES:
            add(f"{name}: questions a second", "≥", _RATES[size.names], ours[CLEAN]["per_second"])
        if size.names >= 1_000_000:
            add(f"{name}: p99", "≤", 1000, ours[CLEAN]["p99_us"], " µs")
            add(f"{name}: build of a million names", "≤", 60, size.build_seconds * 1e6 / size.names, " s")
        if size.facts >= 1_000_000:
            add(f"{name}: facts built a second", "≥", 200_000, size.build_rate)
        add(f"{name}: opening to the first answer", "≤", 5, size.open_ms, " ms")
    if len(sizes) > 1:
        first, last = sizes[0], sizes[-1]
        name = f"{last.names:,} names ÷ {first.names:,} names"
        add(f"{name}: p50", "≤", 2, last.tools[OURS][CLEAN]["p50_us"] / first.tools[OURS][CLEAN]["p50_us"])
        add(f"{name}: memory", "≤", 2, last.resident_bytes / first.resident_bytes)
    return found


def print_report(report: Report, title: str) -> None:
    """The scores of a question set."""
    found = Table(title=title, title_justify="left")
    heads = (
        "questions",
        "number",
        "F1",
        "hit@1",
        "answered",
        "wrong of answered",
        "wrong of all",
        "asked back",
        "p50 µs",
        "p99 µs",
    )
    for head in heads:
        found.add_column(head, justify="left" if head == "questions" else "right")
    for group in report.groups:
        f = group.figures
        shares = (f.f1, f.hit1, f.answered, f.wrong_of_answered, f.wrong_of_all, f.ambiguous)
        found.add_row(group.name, f"{f.questions:,}", *(f"{s:.1f}" for s in shares), f"{f.p50_us:,}", f"{f.p99_us:,}")
    _console().print(found)
