"""Something laid over it, around it, or a body in it."""

import random

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.bench.attacking.basics import (
    Attacked,
    Colour,
    Moved,
    Numbers,
    Rgb,
    fitted,
    grainy,
    moved,
    pixels,
    random_colour,
    resized,
    scaled,
    through_jpeg,
    unmoved,
    waves,
)

WORDS = ("Toko Kain Rejeki", "BATIK OBRAL", "kain-kita.example", "Pusat Grosir", "READY STOK", "Kirim hari ini")
TEXT: Colour = (70, 70, 75)


def watermark(rgb: Rgb, rng: random.Random) -> Moved:
    """A shop's name over the middle, half transparent, and again small and slanted in rows."""
    height, width = rgb.shape[:2]
    layer = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    word, top = rng.choice(WORDS), rng.uniform(0.3, 0.6) * height
    pen.rectangle((0, top, width, top + 0.14 * height), fill=(20, 20, 24, rng.randint(120, 190)))
    pen.text((0.06 * width, top + 0.02 * height), word, fill=(255, 255, 255, 230), font=_font(0.08 * height))
    for x in range(0, width, max(60, width // 3)):
        for y in range(0, height, max(50, height // 5)):
            pen.text((x, y), word, fill=(255, 255, 255, 90), font=_font(0.035 * height))
    return np.asarray(Image.alpha_composite(Image.fromarray(rgb).convert("RGBA"), layer).convert("RGB")), unmoved()


def frame(rgb: Rgb, rng: random.Random) -> Moved:
    """A wide margin of one colour with a line in it."""
    edge = round(rng.uniform(0.12, 0.25) * max(rgb.shape[:2]))
    colour = rng.choice(((255, 255, 255), (0, 0, 0), (214, 190, 140), (120, 30, 34)))
    framed = cv2.copyMakeBorder(rgb, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=colour)
    inner, (height, width) = edge // 2, framed.shape[:2]
    cv2.rectangle(framed, (inner, inner), (width - inner, height - inner), (128, 128, 128), max(1, edge // 20))
    return pixels(framed), moved(edge, edge)


def shop_page(rgb: Rgb, rng: random.Random) -> Moved:
    """A screenshot of a shop's page: the picture small, text, prices and buttons around it."""
    width, height = rng.choice(((600, 1000), (1000, 700)))
    page = Image.new("RGB", (width, height), (255, 255, 255))
    pen = ImageDraw.Draw(page)
    accent = rng.choice(((238, 77, 45), (3, 172, 14), (15, 19, 110)))
    pen.rectangle((0, 0, width, 56), fill=accent)
    pen.rounded_rectangle((16, 12, width - 80, 44), 6, fill=(255, 255, 255))
    pen.text((28, 18), "batik tulis", fill=(150, 150, 150), font=_font(16))
    picture = fitted(rgb, rng.uniform(270, 380))
    left, top = rng.randint(20, 60), rng.randint(80, 110)
    page.paste(Image.fromarray(picture), (left, top))
    beside = width > height
    x = left + picture.shape[1] + 30 if beside else left
    y = top if beside else top + picture.shape[0] + 20
    _offer(pen, x, y, width - x - 20, accent, rng)
    return through_jpeg(np.asarray(page, np.uint8), 85), moved(left, top) @ scaled(rgb, picture)


def worn(rgb: Rgb, rng: random.Random) -> Attacked:
    """As a dress on somebody: bent around a body, in folds and shade, only a part of it in sight, a room behind."""
    height, width = 760, 560
    cloth = resized(rgb, width * 0.95, width * 0.95 * rgb.shape[0] / rgb.shape[1])
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    middle, half = width * rng.uniform(0.44, 0.56), _silhouette(ys / height, rng) * width
    across = np.clip((xs - middle) / half, -0.999, 0.999)
    folds = waves(rng, height, width, 130)
    u = cloth.shape[1] * (0.5 + np.arcsin(across) / 3.6) + 9 * folds
    v = (
        (ys - height * 0.12) * (cloth.shape[0] / (height * 0.86))
        + 14 * (1 - across**2)
        + 7 * waves(rng, height, width, 90)
    )
    on_body = cv2.remap(cloth, u.astype(np.float32), v.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    shade = (0.45 + 0.65 * np.sqrt(1 - across**2)) * (1 + 0.22 * waves(rng, height, width, 70))
    dressed = (np.abs(xs - middle) < half) & (ys > height * 0.12)
    scene = np.where(dressed[..., None], on_body * shade[..., None], _room(rng, height, width))
    return through_jpeg(grainy(np.asarray(cv2.GaussianBlur(scene, (0, 0), 0.7)), 3, rng), 80), None


def _silhouette(down: Numbers, rng: random.Random) -> Numbers:
    """Half a dressed body's width at each height, as a share of the picture: shoulders, waist, skirt."""
    at = np.array([0.0, 0.12, 0.2, 0.45, 0.6, 1.0])
    wide = np.array([0.24, 0.26, 0.3, rng.uniform(0.22, 0.26), 0.3, rng.uniform(0.34, 0.4)])
    return np.asarray(np.interp(down, at, wide), np.float32)


def _room(rng: random.Random, height: int, width: int) -> Numbers:
    """A wall and a floor out of focus."""
    wall, floor = (np.array(random_colour(rng), np.float32) * 0.5 + 90 for _ in range(2))
    share = 1 / (1 + np.exp(-(np.arange(height) - height * 0.75) / 6))
    plain = wall * (1 - share[:, None]) + floor * share[:, None]
    return np.asarray(plain[:, None, :] + 25 * waves(rng, height, width, 160)[..., None], np.float32)


def _offer(pen: ImageDraw.ImageDraw, x: int, y: int, width: int, accent: Colour, rng: random.Random) -> None:
    """Title, price, lines of text and two buttons, from a corner on downwards."""
    pen.text((x, y), rng.choice(WORDS), fill=(20, 20, 20), font=_font(22))
    pen.text((x, y + 34), f"Rp {rng.randint(49, 499)}.000", fill=accent, font=_font(28))
    for line in range(6):
        length = width * rng.uniform(0.5, 0.95)
        pen.rectangle((x, y + 82 + 22 * line, x + length, y + 92 + 22 * line), fill=(205, 205, 210))
    for button, text in enumerate(("Keranjang", "Beli")):
        left, top = x + button * (width // 2), y + 230
        pen.rounded_rectangle(
            (left, top, left + width // 2 - 12, top + 44), 8, fill=accent if button else (235, 235, 235)
        )
        pen.text((left + 18, top + 12), text, fill=(255, 255, 255) if button else TEXT, font=_font(17))
    for line in range(4):
        pen.text((x, y + 300 + 24 * line), " ".join(rng.sample(WORDS, 2)), fill=TEXT, font=_font(14))


def _font(size: float) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size=max(9, size))
