"""Are 32 bytes a public key of Ed25519? Only what a private key can make: a point of prime order, written in one way.

Libraries take nearly any 32 bytes. Measured with cryptography 50 on OpenSSL 4.0.3: bytes that are no point of the
curve, and coordinates beyond the field, are taken; and for the eight points of small order anybody writes signatures
that verify without any private key (of the neutral element for every message, of the others for one in 2, 4 or 8).
Here a key is the canonical encoding (RFC 8032, 5.1.3) of a point that the order of the base point, and nothing less,
carries to the neutral element. That refuses all that libsodium's list of small-order keys holds, in every spelling, and
points with a part of small order, on whose signatures verifiers disagree. A private key of RFC 8032 makes none of them.

Nothing here is secret, so nothing needs to take the same time.
"""

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_SIGN = 1 << 255

_Point = tuple[int, int, int, int]
"""Extended coordinates X, Y, Z, T: x = X/Z, y = Y/Z, xy = T/Z."""
_NEUTRAL: _Point = (0, 1, 1, 0)


def is_public_key(raw: bytes) -> bool:
    """Whether these 32 bytes are the public half of any private key."""
    point = _decoded(raw)
    return point is not None and not _is_neutral(point) and _is_neutral(_times(_ORDER, point))


def _decoded(raw: bytes) -> _Point | None:
    """RFC 8032, 5.1.3; None where that says that decoding fails."""
    written = int.from_bytes(raw, "little")
    y, odd = written & (_SIGN - 1), written >> 255
    if len(raw) != 32 or y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if x * x % _P != square:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if x * x % _P != square or (x == 0 and odd):
        return None
    if x & 1 != odd:
        x = _P - x
    return x, y, 1, x * y % _P


def _sum(one: _Point, other: _Point) -> _Point:
    """RFC 8032, 5.1.4: complete, so a point may be added to itself."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(factor: int, point: _Point) -> _Point:
    found = _NEUTRAL
    for bit in f"{factor:b}":
        found = _sum(found, found)
        if bit == "1":
            found = _sum(found, point)
    return found


def _is_neutral(point: _Point) -> bool:
    return point[0] == 0 and point[1] == point[2]
