"""Documents of running text: Word, OpenDocument, RTF, plain text and pages."""
