"""The Russian words in which figures, reasons and reports reach a reader: one form for mail, page, paper and terminal."""
