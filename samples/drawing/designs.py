"""The designs drawn on `Cloth`: motifs that businesses register, and cloths that nobody registered."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from samples.drawing import fields, garden, harbour, lattices
from samples.drawing.cloth import Cloth

Drawing: TypeAlias = Callable[[str, int, int], Cloth]

DESIGNS: Mapping[str, tuple[Drawing, int, int]] = {
    "motifs/ceplok-kompas": (lattices.ceplok_kompas, 540, 540),
    "motifs/gedung-lama": (harbour.gedung, 560, 560),
    "motifs/kawung-bandeng": (lattices.kawung_bandeng, 600, 520),
    "motifs/kawung-kopi": (lattices.kawung_kopi, 520, 520),
    "motifs/kipas-merak": (garden.merak, 560, 520),
    "motifs/kuntul-senja": (garden.kuntul, 600, 540),
    "motifs/kupu-tabebuya": (garden.tabebuya, 560, 560),
    "motifs/layangan": (harbour.layangan, 540, 560),
    "motifs/mega-pesisir": (fields.mega_pesisir, 640, 520),
    "motifs/parang-ombak": (lattices.parang_ombak, 560, 560),
    "motifs/sulur-semanggi": (garden.semanggi, 580, 520),
    "motifs/udang-tambak": (harbour.udang, 580, 540),
    "unregistered/bakau": (garden.mangrove, 560, 560),
    "unregistered/ceplok-jala": (lattices.ceplok_teratai, 560, 560),
    "unregistered/dua-satwa": (harbour.suro_boyo, 580, 540),
    "unregistered/jembatan-selat": (harbour.jembatan, 600, 540),
    "unregistered/kawung-daun": (lattices.kawung_semanggi, 560, 520),
    "unregistered/lereng-padi": (fields.lereng_padi, 560, 560),
    "unregistered/liris-hujan": (fields.liris_hujan, 520, 560),
    "unregistered/payung": (harbour.payung, 560, 520),
    "unregistered/perahu-selat": (harbour.perahu, 600, 540),
    "unregistered/sekar-kampung": (fields.sekar_jagad, 600, 540),
    "unregistered/tambal-pasar": (fields.tambal_kampung, 560, 520),
    "unregistered/truntum-melati": (lattices.truntum_melati, 520, 560),
}
"""By the picture's place below `samples/` without its ending: how it is drawn, width and height."""
