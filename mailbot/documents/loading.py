"""Load the templates of papers and try each with specimens: a fault stops the start, not a bill."""

from __future__ import annotations

from mailbot.documents.typesetting import Documents, PaymentText
from mailbot.model import Source


def load_documents(sources: tuple[Source, ...], payment_text: PaymentText) -> Documents:
    """The templates among `sources` (those in a folder `bill/`), checked."""
    files = {
        one.name.rpartition("/")[2]: one.text.encode()
        for one in sources
        if "bill" in one.name.split("/")[:-1] and one.name.endswith(".typ")
    }
    return Documents(files, payment_text)
