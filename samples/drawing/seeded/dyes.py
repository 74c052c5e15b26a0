"""Natural dyes: indigo, soga bark, morinda root, mahogany, jackfruit wood, mangrove bark, indigo over jackfruit."""

Colour = tuple[int, int, int]
INDIGO: Colour = (31, 52, 94)
SKY: Colour = (96, 136, 176)
SOGA: Colour = (122, 70, 33)
DARK: Colour = (58, 33, 20)
MORINDA: Colour = (146, 43, 38)
ROSE: Colour = (196, 110, 96)
GOLD: Colour = (205, 155, 62)
CREAM: Colour = (240, 226, 196)
MANGROVE: Colour = (168, 112, 74)
LEAF: Colour = (78, 104, 58)
SAGE: Colour = (146, 160, 106)
INK: Colour = (34, 30, 36)
