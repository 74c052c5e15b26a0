"""The designs drawn on `SeededCloth`: traditional references, and motifs that businesses register."""

from collections.abc import Callable

from samples.drawing.seeded.cloth import SeededCloth
from samples.drawing.seeded.lattices import ceplok_teratai, lereng_ikan, sekar_muara, tambal_kampung, truntum_malam
from samples.drawing.seeded.leaves import daun_bakau, semanggi
from samples.drawing.seeded.shore import burung_pantai, hiu_buaya, jembatan_senja, mega_mendung, perahu_pesisir
from samples.drawing.seeded.traditional import kawung_heritage, kawung_semanggi, parang_heritage, parang_muara

HERITAGE: dict[str, Callable[[], SeededCloth]] = {"kawung": kawung_heritage, "parang": parang_heritage}
MOTIFS: dict[str, Callable[[], SeededCloth]] = {
    "burung-pantai": burung_pantai,
    "ceplok-teratai": ceplok_teratai,
    "daun-bakau": daun_bakau,
    "hiu-buaya": hiu_buaya,
    "jembatan-senja": jembatan_senja,
    "kawung-semanggi": kawung_semanggi,
    "lereng-ikan": lereng_ikan,
    "mega-mendung": mega_mendung,
    "parang-muara": parang_muara,
    "perahu-pesisir": perahu_pesisir,
    "sekar-muara": sekar_muara,
    "semanggi": semanggi,
    "tambal-kampung": tambal_kampung,
    "truntum-malam": truntum_malam,
}
