class TTFontFace:
    charWidths: dict[int, float]
    charToGlyph: dict[int, int]
    defaultWidth: float

class TTFont:
    face: TTFontFace
    def __init__(self, name: str, filename: str) -> None: ...
