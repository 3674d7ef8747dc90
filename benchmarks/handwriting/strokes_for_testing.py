"""Handwriting for testing: the skeletons of true letters of eleven scripts, bent and slanted like a hand's.

The words are made up of random letters; nobody is called so.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from benchmarks.handwriting.pens import Stroke

FONTS = Path("/usr/share/fonts")
SIZE = 56  # pixels of the letters that are thinned
SMALL = 0.52  # of it, the height of small letters


def _letters(first: int, last: int, leave: str = "") -> str:
    return "".join(chr(code) for code in range(first, last + 1) if chr(code) not in leave)


# Font file, letters to choose from, and how many make a word.
SCRIPTS: dict[str, tuple[str, str, tuple[int, int]]] = {
    "Latin": ("NotoSans-Regular.ttf", "abcdefghijklmnopqrstuvwxyz", (4, 11)),
    "Vietnamese": ("NotoSans-Regular.ttf", "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệabcdeghiklmnopqrstuvxy", (3, 9)),
    "Cyrillic": ("NotoSans-Regular.ttf", _letters(0x430, 0x44F), (4, 10)),
    "Korean": ("NotoSansCJK-Regular.ttc", "김이박최정강조윤장임한오서신권황안송류홍민지수현준서연하은도윤", (2, 3)),
    "Chinese": ("NotoSansCJK-Regular.ttc", "王李張劉陳楊黃趙周吳徐孫馬朱胡林郭何高羅明芳偉秀英敏靜", (2, 3)),
    "Japanese": (
        "NotoSansCJK-Regular.ttc",
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほアイウエオカキクケコ",
        (3, 6),
    ),
    "Arabic": ("NotoNaskhArabic-Regular.ttf", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي", (4, 8)),
    "Hebrew": ("NotoSansHebrew-Regular.ttf", _letters(0x5D0, 0x5EA), (4, 8)),
    "Hindi": ("NotoSansDevanagari-Regular.ttf", "कखगघचछजझटठडढतथदधनपफबभमयरलवशसह", (3, 7)),
    "Thai": ("NotoSansThai-Regular.ttf", "กขคงจฉชซญดตถทนบปผพฟมยรลวสหอฮ", (4, 9)),
    "Burmese": ("NotoSansMyanmar-Regular.ttf", "ကခဂငစဆဇညတထဒနပဖဗဘမယရလဝသဟအ", (3, 7)),
    "Amharic": ("NotoSansEthiopic-Regular.ttf", "ሀለሐመሠረሰሸቀበተኀነአከወዐዘየደገጠጰጸፈፐ", (2, 5)),
}


class TestingHand:
    """One person's handwriting."""

    __test__ = False

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self.script = str(rng.choice(list(SCRIPTS)))
        self.slant = float(rng.normal(0.1, 0.18))
        self.phase = rng.uniform(0, 6, 4)
        self.waver = float(rng.uniform(0.04, 0.16))

    def word(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        _, letters, (least, most) = SCRIPTS[self.script]
        count = int(self.rng.integers(least, most + 1))
        text = "".join(self.rng.choice(list(letters), count))
        return self._written(text, self.script, x, y, width, height)

    def signature(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        """Two to five letters run together, sometimes under a flourish."""
        rng = self.rng
        _, letters, _ = SCRIPTS[self.script]
        text = "".join(rng.choice(list(letters), int(rng.integers(2, 5))))
        strokes = self._written(text, self.script, x, y, width * rng.uniform(0.5, 1), height * rng.uniform(1, 1.5))
        every = np.vstack(strokes)
        left, right = every[:, 0].min(), every[:, 0].max()
        knots = int(rng.integers(4, 9))
        pull = np.column_stack([np.linspace(left, right, knots), y - rng.uniform(-0.4, 1.3, knots) * height])
        strokes.append(_smooth(pull + rng.normal(0, height * 0.25, pull.shape)))
        if rng.random() < 0.3:
            under = np.array(
                [[left, y + height * 0.3], [right, y + height * 0.5], [left + (right - left) * 0.4, y + height * 0.8]]
            )
            strokes.append(_smooth(under))
        return strokes

    def date(self, x: float, y: float, width: float, height: float) -> list[Stroke]:
        rng = self.rng
        text = f"{rng.integers(1, 29)}{rng.choice(list('/.-'))}{rng.integers(1, 13)}"
        return self._written(text, "Latin", x, y, width, height)

    def _written(self, text: str, script: str, x: float, y: float, width: float, height: float) -> list[Stroke]:
        pieces = [piece.copy() for piece in _skeleton(text, SCRIPTS[script][0])]
        if not pieces:
            return []
        scale = height / (SIZE * SMALL)
        span = max(float(piece[:, 0].max()) for piece in pieces) * scale
        across = min(1.0, width / max(span, 0.1))
        tilt = self.rng.normal(0, 0.025)
        placed = []
        for piece in pieces:
            xs, ys = piece[:, 0] * scale, piece[:, 1] * scale
            w = self.waver * height
            bent_x = xs + w * np.sin(ys / height * 1.7 + self.phase[0]) + w * np.sin(xs / height * 0.9 + self.phase[1])
            bent_y = ys + w * np.sin(xs / height * 1.3 + self.phase[2]) + w * np.cos(xs / height * 0.37 + self.phase[3])
            slanted = (bent_x - self.slant * bent_y) * across
            placed.append(np.column_stack([x + slanted, y + bent_y + tilt * slanted]))
        return placed


def _smooth(knots: np.ndarray) -> Stroke:
    """A curve through the knots (Catmull and Rom)."""
    padded = np.vstack([2 * knots[0] - knots[1], knots, 2 * knots[-1] - knots[-2]])
    t = np.linspace(0, 1, 10)[:, None]
    curve = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        curve.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.vstack(curve)


@cache
def _font(name: str) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(next(FONTS.rglob(name))), SIZE)


def _skeleton(text: str, font: str) -> tuple[Stroke, ...]:
    """The middle of the text's lines, as short strokes in pixels from the start of the baseline."""
    face = _font(font)
    left, top, right, bottom = face.getbbox(text, anchor="ls")
    picture = Image.new("L", (int(right - left) + 8, int(bottom - top) + 8))
    ImageDraw.Draw(picture).text((4 - left, 4 - top), text, fill=255, font=face, anchor="ls")
    thin = _thinned((np.asarray(picture) > 110).astype(np.uint8))
    return tuple(one - [4 - left, 4 - top] for one in _traced(thin))


def _thinned(picture: np.ndarray) -> np.ndarray:
    """The picture's lines one pixel wide (Zhang and Suen, 1984)."""
    image = np.pad(picture, 1)
    changed = True
    while changed:
        changed = False
        for first in (True, False):
            p2, p3, p4 = image[:-2, 1:-1], image[:-2, 2:], image[1:-1, 2:]
            p5, p6, p7 = image[2:, 2:], image[2:, 1:-1], image[2:, :-2]
            p8, p9 = image[1:-1, :-2], image[:-2, :-2]
            around = [p2, p3, p4, p5, p6, p7, p8, p9]
            total = sum(one.astype(np.int8) for one in around)
            turns = sum(
                ((a == 0) & (b == 1)).astype(np.int8) for a, b in zip(around, [*around[1:], around[0]], strict=True)
            )
            edges = (p2 * p4 * p6 == 0) & (p4 * p6 * p8 == 0) if first else (p2 * p4 * p8 == 0) & (p2 * p6 * p8 == 0)
            gone = (image[1:-1, 1:-1] == 1) & (total >= 2) & (total <= 6) & (turns == 1) & edges
            if gone.any():
                image[1:-1, 1:-1][gone] = 0
                changed = True
    return image[1:-1, 1:-1]


def _traced(thin: np.ndarray) -> list[Stroke]:
    """The skeleton as strokes: along each outline of it, which runs there and back."""
    contours, _ = cv2.findContours(thin, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    return [contour[::2, 0].astype(np.float64) for contour in contours]
