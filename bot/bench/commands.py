"""The commands `modu bench …`. What they need is imported inside them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.options import base_option, say

if TYPE_CHECKING:
    from bot.bench.speed import Size

QUICK = (("1k", None), ("10k", None))
FULL = (("1k", "1M"), ("10k", "1M"), ("100k", "1M"), ("1M", "10M"))
"""(names, facts) of the worlds; without a number of facts ten a name."""


class Number(click.ParamType):  # type: ignore[type-arg] # older click takes no argument
    """A number that may end in k or M: 1k, 2.5k, 10M."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        match = re.fullmatch(r"(\d+(?:\.\d+)?)([kKmM]?)", str(value))
        number = int(float(match[1]) * {"": 1, "k": 1000, "m": 1_000_000}[match[2].lower()]) if match else 0
        if number < 1:
            self.fail(f"{value!r} is no number such as 500, 10k or 1M", param, ctx)
        return number


@click.group(invoke_without_command=True)
@click.option(
    "--size",
    "sizes",
    multiple=True,
    type=Number(),
    metavar="NAMES",
    help="Names of a made-up base, as 1k or 1M; may be repeated.",
)
@click.option("--facts", type=Number(), metavar="N", help="Facts of each made-up base. Default: ten a name.")
@click.option(
    "--questions", type=Number(), metavar="N", help="Questions of each kind: clean, and each kind of slip. Default: 60."
)
@click.option(
    "--peers/--no-peers",
    default=True,
    show_default=True,
    help="Measure other tools beside, as far as they are installed.",
)
@click.option(
    "--full",
    is_flag=True,
    help="The sizes of the documentation: up to 1M names and 10M facts. Takes the better part of an hour.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the made-up names, facts and slips.")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), metavar="FILE", help="Write all figures there as JSON."
)
@base_option
@click.pass_context
def bench(  # noqa: PLR0913, PLR0917 - an option each
    ctx: click.Context,
    sizes: tuple[int, ...],
    facts: int | None,
    questions: int | None,
    peers: bool,
    full: bool,
    seed: int,
    json_file: Path | None,
    base: Path | None,
) -> None:
    """Measure speed and recall on this machine; without a subcommand about a minute.

    The table of `modu bench base`, then for made-up bases of each size: how fast and how surely clean and misspelt
    names are found and answered, beside other tools in the same run; build, memory, opening. docs/benchmarks.md says
    how to read it.
    """
    if ctx.invoked_subcommand is not None:
        return
    import tempfile

    from bot.bench.speed import Plan, measure
    from bot.bench.tables import print_curated, print_goals, print_sizes

    chosen = [(size, facts or size * 10) for size in sizes]
    if not chosen:
        number = Number().convert
        chosen = [
            (number(n, None, None), facts or number(f or 0, None, None) if f else facts or number(n, None, None) * 10)
            for n, f in (FULL if full else QUICK)
        ]
    plan = Plan(questions or (500 if full else 60), peers, 120.0 if full else 2.0, seed)
    speed = _curated(base, None)
    print_curated(speed)
    measured: list[Size] = []
    with tempfile.TemporaryDirectory(prefix="modu-bench-") as folder:
        for names, count in chosen:
            measured.append(measure(names, count, plan, Path(folder), say))
            print_sizes(measured[-1:])
    print_goals(measured)
    if json_file:
        _write(json_file, {"base": speed, "sizes": measured})


@bench.command("base")
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Questions, one a line: plain text, or as for `ask --batch`. Default: made up from the base's own facts.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one line of JSON.")
@base_option
def bench_base(questions: Path | None, as_json: bool, base: Path | None) -> None:
    """Measure how fast answers come from a base.

    The time of whole answers in process without an answer cache (p50, p90, p99, slowest), questions a second, `modu
    ask` as a whole process beside bare Python (medians), opening the base, its size, and peak memory.
    """
    from bot.bench import curated
    from bot.bench.tables import print_curated

    speed = _curated(base, questions)
    if as_json:
        click.echo(curated.as_json(speed))
    else:
        print_curated(speed)


def _curated(base: Path | None, questions: Path | None) -> Any:
    from bot.bases import open_base
    from bot.bench import curated

    opened = open_base(base, None, say)
    asked = curated.read_questions(questions) if questions else curated.made_questions(opened)
    opened.close()
    if not asked:
        raise click.ClickException("the base holds no fact to ask about; give --questions FILE")
    return curated.measure(opened.path, asked)


@bench.command("questions")
@click.option(
    "--kb",
    "files",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Triples of the base; may be repeated.",
)
@click.option(
    "--questions",
    "asked",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Questions with their answers, a JSON object a line; .gz as well.",
)
@click.option(
    "--pack",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A pack that describes the predicates: labels and cues.",
)
@click.option("--sample", type=int, default=0, metavar="N", help="Draw so many questions. Default: all.")
@click.option(
    "--half",
    type=click.Choice(["even", "odd"]),
    help="Only questions whose id hashes so: look at one half, measure on the other.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the sample and the slips.")
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path), metavar="FILE", help="Write the figures there as JSON."
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write every question there with what was answered, as JSON lines.",
)
def bench_questions(  # noqa: PLR0913, PLR0917 - an option each
    files: tuple[Path, ...],
    asked: Path,
    pack: Path | None,
    sample: int,
    half: str | None,
    seed: int,
    json_file: Path | None,
    answers: Path | None,
) -> None:
    """Score the answers to a question set: averaged F1, hit@1, shares of answered and of wrong ones.

    A line of the questions holds {"id", "q", "answers", "gold": {"s", "p"}}, and "history" where it is a conversation.
    Besides the questions as they are, it asks them with one slip in the name, and of a base from which their subjects
    were taken out. Answers are compared by the values of the facts that answered, not by their text.
    """
    import tempfile

    from bot.bench.asking import Examination
    from bot.bench.building import compile_triples
    from bot.bench.questionset import read_questions
    from bot.bench.tables import print_report

    questions = read_questions(asked, half or "", sample, seed)
    with tempfile.TemporaryDirectory(prefix="modu-bench-") as folder:
        report = Examination(files, lambda found, out: compile_triples(found, out, pack), Path(folder), seed, say).run(
            questions
        )
    print_report(report, str(asked))
    if json_file:
        _write(json_file, {"questions": str(asked), "groups": report.groups})
    if answers:
        import json
        from dataclasses import asdict

        lines = (json.dumps({"kind": kind, **asdict(r), "f1": r.f1}, ensure_ascii=False) for kind, r in report.results)
        answers.write_text("".join(f"{line}\n" for line in lines), "utf-8")


def _write(path: Path, figures: dict[str, Any]) -> None:
    import json
    import os
    import platform
    from dataclasses import asdict

    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    text = json.dumps({"machine": machine, **figures}, ensure_ascii=False, indent=1, default=asdict)
    path.write_text(text + "\n", "utf-8")
