"""HTML → text, with the places where a mail program put a quotation."""

from __future__ import annotations

import html as entities
import re

from mailbot.parsing.caps import HTML_CHARACTERS, HTML_DEPTH, TEXT_CHARACTERS

OPEN, CLOSE = "\ue000", "\ue001"
"""Private-use marks that carry the edges of quotations through the conversion."""

_QUOTE_OPEN = re.compile(r"<blockquote\b[^<>]*>", re.IGNORECASE)
_QUOTE_CLOSE = re.compile(r"</blockquote\s*>", re.IGNORECASE)
_HIDDEN = ("script", "style", "title", "noscript")
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h[1-6]|/blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_OPENING = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})[^<>]*?(/?)>")
_VOID = frozenset({"br", "img", "hr", "meta", "link", "input", "wbr", "col", "p", "li", "td", "tr", "th"})


def to_text(html: str) -> str:
    """The words of an HTML letter. Quotations stand between `OPEN` and `CLOSE`, nested ones too."""
    html = html[:HTML_CHARACTERS].replace(OPEN, "").replace(CLOSE, "").replace("\x00", "")
    html = _without(html, "<!--", "-->")
    html = _QUOTE_CLOSE.sub(
        f"<div>{CLOSE}</div></blockquote>", _QUOTE_OPEN.sub(rf"\g<0><div>{OPEN}</div>", html)
    )
    text = _plainly(html) if _depth(html) > HTML_DEPTH else _faithfully(html)
    return text[:TEXT_CHARACTERS]


def _faithfully(html: str) -> str:
    """inscriptis lays out tables and hides what the reader does not see."""
    from inscriptis import get_text
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.model.config import ParserConfig

    try:
        text = get_text(html, ParserConfig(css=STRICT_CSS_PROFILE))
    except Exception:  # lxml refuses some ruins; the words are still there
        return _plainly(html)
    found = "\n".join(line.strip() for line in text.split("\n"))
    return found if found.strip() else _plainly(html)


def _plainly(html: str) -> str:
    """Tags off, line breaks kept: for HTML nested so deep that no parser survives it."""
    for name in _HIDDEN:
        html = _without(html, f"<{name}", f"</{name}>")
    text = _TAG.sub("", _BREAK.sub("\n", html))
    return "\n".join(line.strip() for line in entities.unescape(text).split("\n"))


def _without(html: str, opening: str, closing: str) -> str:
    """The HTML less what stands between two marks; one pass, whatever is left open (no regular expression)."""
    low, kept, at = html.lower(), [], 0
    while (start := low.find(opening, at)) >= 0 and (end := low.find(closing, start)) >= 0:
        kept.append(html[at:start])
        at = end + len(closing)
    return "".join((*kept, html[at:])) if len(low) == len(html) else html


def _depth(html: str) -> int:
    """The deepest nesting of elements that must be closed."""
    depth = deepest = 0
    for closing, name, empty in _OPENING.findall(html):
        if name.lower() in _VOID or empty:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest
