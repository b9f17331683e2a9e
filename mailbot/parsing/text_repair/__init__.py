"""Text as the writer meant it: keyboard layout, transliteration, look-alikes and digits put right, with the way back kept."""
