"""Ask a base the questions of a set, and sum up by kind of question."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.answering import Desk
from bot.bench.questionset import Question, draw, lines, misspelt
from bot.bench.score import Figures, Result, figures, given, normal
from bot.page import page
from knowledge.finding.outcome import Context
from knowledge.plain.vocabulary import compact, plain_name
from knowledge.store.base import Base

Compile = Callable[[Sequence[Path], Path], Path]
"""Makes a base of files of triples; returns its path."""
Progress = Callable[[str], None]

MISSPELT = 3000
"""Questions of a set that are asked anew with each kind of slip, at most."""
ABSENT = 1000
"""Questions asked of a base without their subjects, at most: more would thin the base."""


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of one kind of question."""

    name: str
    figures: Figures


@dataclass(slots=True)
class Report:
    """What one question set gave on one base."""

    groups: list[Group] = field(default_factory=list)
    results: list[tuple[str, Result]] = field(default_factory=list)
    """(kind of question, result) of all that was asked."""

    def sum_up(self, name: str, results: Sequence[Result]) -> None:
        """Add a group, unless it holds no question."""
        found = figures(results)
        if found:
            self.groups.append(Group(name, found))


def ask(desk: Desk, question: Question) -> Result:
    """Ask a question after its history; the time is that of the answer as `modu ask` prints it."""
    context = Context()
    for place, turn in enumerate(question.history):
        context = desk.heard(turn, context, asked=place % 2 == 0)
    started = time.perf_counter_ns()
    reply = desk.reply(question.text, context)
    page(reply.answer)
    took = (time.perf_counter_ns() - started) // 1000
    answers = given(reply, desk.base, question.gold)
    return Result(question.id, question.text, question.gold, answers, reply.answer.status, took)


@dataclass(slots=True)
class Examination:
    """One question set asked of one base and of its variants."""

    files: Sequence[Path]
    """Triples of the base."""
    compile_base: Compile
    folder: Path
    """Takes the bases."""
    seed: int
    say: Progress
    report: Report = field(default_factory=Report)

    def run(self, questions: Sequence[Question]) -> Report:
        """Ask all questions, then the variants with misspelt names and with subjects that the base lacks."""
        desk = self._desk(self.files, "base")
        valued = [q for q in questions if q.gold]
        pairs = list(zip(valued, self._ask(desk, "all with a value", valued), strict=True))
        self.report.sum_up("predicate literal", [r for q, r in pairs if q.literal])
        self.report.sum_up("predicate paraphrased", [r for q, r in pairs if not q.literal])
        if any(q.slots > 1 for q in questions):
            self.report.sum_up("one predicate asked", [r for q, r in pairs if q.slots == 1])
        if any(q.history for q in questions):
            self.report.sum_up("subject not named", [r for q, r in pairs if q.subject not in q.text])
        self._ask(desk, "no value in the base", [q for q in questions if not q.gold])
        slipped = misspelt(draw(valued, MISSPELT, self.seed), names(self.files), self.seed)
        every = [r for kind, asked in slipped.items() for r in self._ask(desk, f"misspelt: {kind}", asked)]
        self.report.sum_up("misspelt, all", every)
        desk.base.close()
        self._absent([q for q in valued if q.subject and q.subject in q.text])
        return self.report

    def _absent(self, questions: Sequence[Question]) -> None:
        """Ask about subjects that were taken out of the base: whatever is answered is false."""
        asked = draw(questions, min(ABSENT, len(questions) // 2), self.seed)
        if not asked:
            return
        gone = frozenset(_form(q.subject) for q in asked)
        desk = self._desk(without(gone, self.files, self.folder), "absent")
        nothing = [Question(q.id, q.text, (), q.subject, q.predicate) for q in asked]
        self._ask(desk, "subject not in the base", nothing)
        desk.base.close()

    def _desk(self, files: Sequence[Path], name: str) -> Desk:
        self.say(f"building the base ({name})")
        base = Base(self.compile_base(files, self.folder / f"{name}.sqlite"))
        base.warm()
        return Desk(base)

    def _ask(self, desk: Desk, name: str, questions: Sequence[Question]) -> list[Result]:
        if questions:
            self.say(f"{name}: {len(questions):,} questions")
        results = [ask(desk, question) for question in questions]
        self.report.sum_up(name, results)
        self.report.results += [(name, r) for r in results]
        return results


def names(files: Iterable[Path]) -> frozenset[str]:
    """The normal forms of all subjects in files of triples, without disambiguation in brackets."""
    return frozenset(normal(plain_name(str(row.get("s", "")))) for path in files for _, row in lines(path))


def without(gone: frozenset[str], files: Iterable[Path], folder: Path) -> list[Path]:
    """Copies of files of triples that leave out those whose subject or object bears one of the names (in `_form`)."""
    copies = []
    for number, path in enumerate(files):
        copy = folder / f"absent-{number}.jsonl"
        with copy.open("w", encoding="utf-8") as file:
            for _, row in lines(path):
                held = [str(row.get(key, "")) for key in "so"]
                if gone.isdisjoint(_form(name) for text in held for name in (text, plain_name(text))):
                    file.write(json.dumps(row, ensure_ascii=False) + "\n")
        copies.append(copy)
    return copies


def _form(name: str) -> str:
    """The form under which a name that was taken out would be found: 《红楼梦》 is 红楼梦."""
    return compact(normal(name))
