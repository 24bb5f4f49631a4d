FPDFBitmap_BGRx: int
