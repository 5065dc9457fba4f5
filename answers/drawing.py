"""Draw a chart as a PNG that is legible on a phone, on a light and on a dark screen.

Pillow does the drawing: 33 ms and 25 MiB for a picture of this size where matplotlib took 63 ms, 0.7 s to import and
91 MiB, and it measures text exactly, which Chinese labels of any length need. It is imported with the first chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING

from answers.chart import Chart, Mark
from answers.fonts import font_file

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

WIDTH = 1080
"""Pixels; three to a point on the phones that most people have, so that 36 is small print there and still read."""
_TALLEST = 2400
_MARGIN = 56
_TITLE, _LABEL, _FIGURE, _SMALL = 60, 42, 46, 34
_SPACING = 1.36
_BAR = 40
_FINE = 3
"""Lines are drawn this many times larger, and then reduced: Pillow draws them without smooth edges."""
_CLOSING = "，。、；：）》」』”！？,.;:)%"
"""What never begins a line."""
_OPENING = "（《「『“("
"""What never ends one."""

# an opaque ground of its own keeps the picture legible on any screen; each ink has a contrast above 4.5 to it
PAPER = "#f6f7f9"
INK = "#16202b"
GREY = "#56616d"
WARNING = "#8a4b00"
BLUE = "#1f6fb2"
PALE = "#9cc3e4"
TRACK = "#dfe5eb"
EDGE = "#c5ccd4"


@lru_cache(maxsize=64)
def draw(chart: Chart) -> bytes:
    """The chart as PNG. Raises FontError without a font for Chinese."""
    from PIL import Image, ImageDraw

    # one pass to measure, one to draw: the same code on two sheets
    height = _paint(chart, _Sheet(ImageDraw.Draw(Image.new("L", (1, 1))), chart.language))
    image = Image.new("RGB", (WIDTH, min(height, _TALLEST)), PAPER)
    sheet = _Sheet(ImageDraw.Draw(image), chart.language, image)
    _paint(chart, sheet)
    sheet.draw.rectangle((0, 0, image.width - 1, image.height - 1), outline=EDGE, width=3)
    out = BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


@lru_cache(maxsize=16)
def _font(size: int, language: str) -> FreeTypeFont:
    from PIL import ImageFont

    path = str(font_file())
    wanted = "TC" if language == "zh-Hant" else "SC"
    found = first = ImageFont.truetype(path, size)
    index = 0
    while not str(found.getname()[0]).endswith(wanted):
        index += 1
        try:
            found = ImageFont.truetype(path, size, index=index)
        except OSError:
            return first  # no collection: one font for all of Chinese
    return found


@dataclass(slots=True)
class _Sheet:
    """A drawing under way; without an image it only measures."""

    draw: ImageDraw
    language: str
    image: Image | None = None
    y: int = _MARGIN

    def wrapped(self, text: str, size: int, width: int, most: int) -> list[str]:
        """The text in at most `most` lines; between Han characters a line may end anywhere, else at a blank."""
        font = _font(size, self.language)
        lines, line = [], ""
        for piece in _pieces(text):
            if line and font.getlength(line + piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
        if len(lines) > most:
            last = lines[most - 1]
            while last and font.getlength(f"{last}…") > width:
                last = last[:-1]
            lines[most - 1 :] = [f"{last}…"]
        return lines

    def text(self, text: str, size: int, colour: str, *, most: int = 2, bold: bool = False, width: int = 0) -> None:
        """Lines of text at the left margin, moving down."""
        for line in self.wrapped(text, size, width or WIDTH - 2 * _MARGIN, most):
            self.at(_MARGIN, self.y, line, size, colour, bold=bold)
            self.y += round(size * _SPACING)

    def at(self, x: float, y: float, text: str, size: int, colour: str, *, bold: bool = False) -> None:
        if self.image is not None:
            font = _font(size, self.language)
            self.draw.text((x, y), text, colour, font, stroke_width=0.7 if bold else 0, stroke_fill=colour)

    def length(self, text: str, size: int) -> float:
        return _font(size, self.language).getlength(text)

    def bar(self, x: float, y: float, width: float, colour: str) -> None:
        if self.image is not None:
            self.draw.rectangle((x, y, x + max(width, 3), y + _BAR), fill=colour)


def _pieces(text: str) -> list[str]:
    """The text in the smallest pieces that stay on one line."""
    pieces: list[str] = []
    for c in text:
        before = pieces[-1][-1] if pieces else " "
        inside_word = not _wide(c) and not _wide(before) and " " not in {c, before}
        if pieces and (inside_word or c == " " or c in _CLOSING or before in _OPENING):
            pieces[-1] += c
        else:
            pieces.append(c)
    return pieces


def _wide(c: str) -> bool:
    return ord(c) >= 0x2E80


def _paint(chart: Chart, sheet: _Sheet) -> int:
    """Draw everything and return the height it takes."""
    sheet.text(chart.title, _TITLE, INK, bold=True)
    sheet.text(chart.head, _SMALL, GREY)
    sheet.y += 28
    paint: Callable[[Chart, _Sheet], None] = _series if chart.kind == "series" else _bars
    paint(chart, sheet)
    sheet.y += 16
    for note in chart.notes:
        sheet.text(note, _SMALL, WARNING, most=3)
    sheet.text(chart.sources, _SMALL, GREY, most=4)
    return sheet.y + _MARGIN // 2


def _bars(chart: Chart, sheet: _Sheet) -> None:
    """A row for each figure: label, detail, bar, and the figure behind its end or, where it is wide, above it."""
    room = WIDTH - 2 * _MARGIN
    widest = max(sheet.length(m.figure, _FIGURE) for m in chart.marks) + 24
    above = widest > room * 0.42
    length = room if above else room - widest
    top = 1.0 if chart.kind == "shares" else float(max(m.value for m in chart.marks)) or 1.0
    top = max(top, float(max(m.value for m in chart.marks)))
    for mark in chart.marks:
        sheet.text(mark.label, _LABEL, INK, most=3)
        if mark.detail:
            sheet.text(mark.detail, _SMALL, GREY, most=3)
        if above:
            sheet.text(mark.figure, _FIGURE, INK, bold=True)
        sheet.y += 6
        _bar(chart, mark, sheet, length, float(mark.value) / top)
        if not above:
            end = length if chart.kind == "shares" else length * float(mark.value) / top
            sheet.at(_MARGIN + end + 18, sheet.y - 12, mark.figure, _FIGURE, INK, bold=True)
        sheet.y += _BAR + 30


def _bar(chart: Chart, mark: Mark, sheet: _Sheet, length: float, part: float) -> None:
    if chart.kind == "shares":
        sheet.bar(_MARGIN, sheet.y, length, TRACK)
    sheet.bar(_MARGIN, sheet.y, length * max(part, 0.0), PALE if mark.loose else BLUE)


def _series(chart: Chart, sheet: _Sheet) -> None:
    """A line from zero through the figures, each written at its point, its date below."""
    marks, count = chart.marks, len(chart.marks)
    top = float(max(m.value for m in marks)) or 1.0
    step = (WIDTH - 2 * _MARGIN) / count
    height, head = 420, 70
    floor = sheet.y + head + height
    points = [(_MARGIN + step * (n + 0.5), floor - height * float(m.value) / top) for n, m in enumerate(marks)]
    _line(sheet, points, floor)
    lines = 0
    for n, ((x, y), mark) in enumerate(zip(points, marks, strict=True)):
        size = _fitting(sheet, mark.figure, _FIGURE, step - 8)
        left, above = _clear(
            sheet.length(mark.figure, size), x, y, points[max(n - 1, 0)][1], points[min(n + 1, count - 1)][1]
        )
        sheet.at(left, y - 76 if above else y + 18, mark.figure, size, INK, bold=True)
        wrapped = sheet.wrapped(mark.label, _SMALL, round(step) - 12, 3)
        lines = max(lines, len(wrapped))
        for row, line in enumerate(wrapped):
            sheet.at(x - sheet.length(line, _SMALL) / 2, floor + 14 + row * 44, line, _SMALL, INK)
    sheet.y = floor + 20 + 44 * lines
    for mark in marks:
        if mark.detail:
            sheet.text(f"{mark.label} · {mark.detail}", _SMALL, GREY)


def _clear(width: float, x: float, y: float, before: float, after: float) -> tuple[float, bool]:
    """Where a figure stands clear of the line through its point: its left edge, and whether above the point."""
    if before > y > after:  # rising: the line goes on above, to the right
        return max(x - width + 16, _MARGIN / 2), True
    if before < y < after:
        return min(x - 16, WIDTH - _MARGIN / 2 - width), True
    centred = min(max(x - width / 2, _MARGIN / 2), WIDTH - _MARGIN / 2 - width)
    # at either end the other neighbour is the point itself
    return centred, not (before <= y and after <= y) or before == after == y


def _fitting(sheet: _Sheet, text: str, size: int, width: float) -> int:
    """The largest size up to `size` at which the text is no wider, but nothing smaller than small print."""
    return next((s for s in range(size, _SMALL, -2) if sheet.length(text, s) <= width), _SMALL)


def _line(sheet: _Sheet, points: list[tuple[float, float]], floor: int) -> None:
    if sheet.image is None:
        return
    from PIL import Image, ImageDraw

    top = floor - 500
    mask = Image.new("L", (WIDTH * _FINE, (floor - top + 20) * _FINE))
    pen = ImageDraw.Draw(mask)
    fine = [(x * _FINE, (y - top) * _FINE) for x, y in points]
    pen.line(fine, 255, 7 * _FINE, "curve")
    for x, y in fine:
        radius = 13 * _FINE
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    sheet.draw.line((_MARGIN, floor, WIDTH - _MARGIN, floor), EDGE, 3)
    mask = mask.reduce(_FINE)
    sheet.image.paste(Image.new("RGB", mask.size, BLUE), (0, top), mask)
