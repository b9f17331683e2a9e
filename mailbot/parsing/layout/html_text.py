"""HTML → text, with the places where a mail program put a quotation. All steps take linear time."""

from __future__ import annotations

import html as entities
import re

from mailbot.parsing.layout.hidden_text import remove_hidden_text
from mailbot.parsing.limits.letter_limits import HTML_CHARACTERS, HTML_DEPTH, HTML_TAGS, TEXT_CHARACTERS

OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use marks that carry the edges of quotations through the conversion."""

BEYOND = "\ue003"
"""Where the words begin that only the other half of the letter has."""

_MARKS = str.maketrans("", "", OPEN + CLOSE + BEYOND)

_QUOTE_OPEN = re.compile(r"<blockquote\b[^<>]*+>", re.IGNORECASE)
_QUOTE_CLOSE = re.compile(r"</blockquote\s*+>", re.IGNORECASE)
_INVISIBLE_ELEMENTS = re.compile(r"<(script|style|head|title|noscript)\b[^<>]*+>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|/?div|/tr|/li|/h[1-6]|/?blockquote)\b[^<>]*+>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*+>")
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}+)[^<>]*+>")
_VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "wbr", "col", "p", "li", "td", "tr", "th"})


def html_to_text(html: str) -> str:
    """The words of an HTML letter. Quotations stand between `OPEN` and `CLOSE`, nested ones too."""
    html = unmarked(html[:HTML_CHARACTERS]).replace("\x00", "")
    html = remove_hidden_text(_without(html, "<!--", "-->"))
    html = _QUOTE_CLOSE.sub(
        f"<div>{CLOSE}</div></blockquote>", _QUOTE_OPEN.sub(rf"\g<0><div>{OPEN}</div>", html)
    )
    heavy = html.count("<") > HTML_TAGS or _depth(html) > HTML_DEPTH
    text = _plainly(html) if heavy else _faithfully(html)
    return text[:TEXT_CHARACTERS]


def unmarked(text: str) -> str:
    """A text as a stranger wrote it, without marks that only this room may set."""
    return text.translate(_MARKS)


def without_tags(html: str) -> str:
    """The source with its tags blanked: every character keeps its place."""
    return _TAG.sub(lambda tag: " " * len(tag[0]), html)


def _faithfully(html: str) -> str:
    """inscriptis lays out tables, a tab between the cells, and hides what the reader does not see."""
    from inscriptis import get_text
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.model.config import ParserConfig

    try:
        text = get_text(html, ParserConfig(css=STRICT_CSS_PROFILE, table_cell_separator="\t"))
    except Exception:  # lxml refuses some ruins; the words are still there
        return _plainly(html)
    lines = "\n".join(
        line.strip(" ") if line.strip() else "" for line in text.split("\n")
    )  # an empty first cell stays
    return lines if lines.strip() else _plainly(html)


def _plainly(html: str) -> str:
    """Tags off, line breaks kept: for HTML nested so deep, or so full of tags, that no parser survives it."""
    text = _TAG.sub("", _BREAK.sub("\n", _without_unseen(html)))
    return "\n".join(line.strip() for line in entities.unescape(text).split("\n"))


def _without(html: str, opening: str, closing: str) -> str:
    """The text less what stands between two marks; an opening mark that is never closed hides nothing."""
    kept, at = [], 0
    while (start := html.find(opening, at)) >= 0:
        end = html.find(closing, start + len(opening))
        if end < 0:
            break
        kept.append(html[at:start])
        at = end + len(closing)
    return "".join((*kept, html[at:].replace(opening, "")))


def _without_unseen(html: str) -> str:
    """Less scripts, styles and the head. Each closing tag is looked for once, from the left."""
    low = html.lower()
    kept, at, absent = [], 0, set[str]()
    for match in _INVISIBLE_ELEMENTS.finditer(html):
        name = match[1].lower()
        if match.start() < at or name in absent:
            continue
        end = low.find(f"</{name}", match.end()) if len(low) == len(html) else -1
        if end < 0:
            absent.add(name)
            continue
        kept.append(html[at : match.start()])
        at = end
    return "".join((*kept, html[at:]))


def _depth(html: str) -> int:
    """The deepest nesting of elements that must be closed."""
    depth = deepest = 0
    for match in _OPENING.finditer(html):
        if match[2].lower() in _VOID or match[0].endswith("/>"):
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest
