"""Draws the pictures that phones put on their first screen, from the same measures as ``door.svg``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).resolve().parents[1] / "yimen" / "ui" / "static" / "ui" / "icons"
BLUE, WHITE, ORANGE = "#0f3a71", "#ffffff", "#f0954a"
#: Drawn so many times larger, then made small: smooth edges.
FINE = 8


def draw(size: int, *, is_mask: bool = False) -> Image.Image:
    """The door on blue; a mask fills the whole square and keeps the door in the middle, for round cut-outs."""
    whole = size * FINE
    picture = Image.new("RGBA", (whole, whole), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    scale = whole / 64 * (0.76 if is_mask else 1)
    shift = whole * 0.12 if is_mask else 0

    def at(*numbers: float) -> list[float]:
        return [number * scale + shift for number in numbers]

    if is_mask:
        pen.rectangle([0, 0, whole, whole], fill=BLUE)
    else:
        pen.rounded_rectangle([0, 0, whole - 1, whole - 1], radius=14 * scale, fill=BLUE)
    width = round(4 * scale)
    pen.arc(at(14, 11, 38, 35), 180, 270, fill=WHITE, width=width)
    pen.arc(at(26, 11, 50, 35), 270, 360, fill=WHITE, width=width)
    pen.rectangle(at(25.5, 11, 38.5, 15), fill=WHITE)
    for left in (14, 46):
        pen.rectangle(at(left, 22.5, left + 4, 53), fill=WHITE)
        pen.ellipse(at(left, 51, left + 4, 55), fill=WHITE)
    corners = [(23, 53), (23, 21.5), (25, 20.4), (38, 24.4), (39.5, 26.5), (39.5, 49)]
    pen.polygon([(x * scale + shift, y * scale + shift) for x, y in corners], fill=ORANGE)
    pen.ellipse(at(32.6, 36.1, 36.4, 39.9), fill=BLUE)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every size that the manifest and the page frame name."""
    for size in (32, 192, 512):
        draw(size).save(FOLDER / f"door-{size}.png", optimize=True)
    for size in (192, 512):
        draw(size, is_mask=True).convert("RGB").save(FOLDER / f"door-mask-{size}.png", optimize=True)


if __name__ == "__main__":
    main()
