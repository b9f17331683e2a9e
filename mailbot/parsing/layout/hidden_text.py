"""Words that an HTML letter holds and does not show: `display:none`, white on white, letters of no size.

Newsletters hide a preview so, forgers an instruction. What no reader sees is nobody's word. Everything takes linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

_IMAGE = re.compile(r"</?img", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20}+)([^<>]*+)>")
_ATTRIBUTE = re.compile(
    r"(?<![\w-])(style|class|id|hidden|color|bgcolor|alt|width|height)(?![\w-])(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'>]++)))?+",
    re.IGNORECASE,
)
_VOID = frozenset("br img hr meta link input wbr col area base embed source track".split())
_ENDS_A_PARAGRAPH = frozenset("p div table ul ol blockquote h1 h2 h3 h4 h5 h6 form pre".split())
_ENDS_ITS_LIKE = frozenset("li td th tr option dt dd".split())
_GONE = re.compile(
    r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0?\.?0*(?=;|!|$)|max-height:0(?:px)?(?=;|!|$)"
    r"|text-indent:-\d{3,}|left:-\d{3,})"
)
_SIZE = re.compile(r"(?:^|;)font(?:-size)?:[^;]*?(\d*\.?\d+)(px|pt|em|rem|%)?(?=[;/! ]|$)")
_COLOUR = re.compile(r"(?:^|;)color:([^;!]+)")
_BACKGROUND = re.compile(r"(?:^|;)background(?:-color|-image)?:([^;!]+)")
_WHITE = re.compile(r"(?:white|#fff(?:fff)?|rgba?\(255,255,255(?:,1(?:\.0+)?)?\))$")
_NO_COLOUR = re.compile(r"(?:transparent|rgba\(\d+,\d+,\d+,0(?:\.0+)?\)|none|inherit|initial)$")
_NAMED = re.compile(r"[.#][\w-]+$")
_STYLE = re.compile(r"<style\b[^<>]*+>", re.IGNORECASE)
_STYLE_END = re.compile(r"</style", re.IGNORECASE)
_MIN_FONT_SIZE = {"em": 0.1, "rem": 0.1, "%": 10.0}
"""Below so many of the unit, else below one, nobody can read a letter."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How an element's words look: `gone` for good, `tiny`, `white`, or on something other than white paper."""

    gone: bool = False
    tiny: bool = False
    white: bool = False
    coloured: bool = False

    @property
    def shown(self) -> bool:
        return not (self.gone or self.tiny or (self.white and not self.coloured))


def remove_hidden_text(html: str) -> str:
    """The source less the words that it does not show; its tags stay."""
    if "<" not in html:
        return html
    return "".join(text for text, look in _walk(html) if look.shown or text.startswith("<"))


def pictures(html: str) -> tuple[str, ...]:
    """What stands in place of each picture that is shown: its `alt`, empty where it has none; specks that count readers aside."""
    if not _IMAGE.search(html):
        return ()
    alternatives: list[str] = []
    for text, look in _walk(html):
        tag = _TAG.match(text) if look.shown else None
        if tag is None or tag[2].lower() != "img":
            continue
        held = _attributes(tag[3])
        if not any(held.get(side, "").removesuffix("px") in ("0", "1") for side in ("width", "height")):
            alternatives.append(" ".join(held.get("alt", "").split()))
    return tuple(alternatives)


def _walk(html: str) -> Iterator[tuple[str, _Look]]:
    """Each tag and each stretch of words in order, with how it looks."""
    hiding = _hiding_names(html)
    stack: list[tuple[str, _Look]] = []
    open_names: Counter[str] = Counter()
    at = 0
    for tag in _TAG.finditer(html):
        look = stack[-1][1] if stack else _Look()
        if tag.start() > at:
            yield html[at : tag.start()], look
        at, name = tag.end(), tag[2].lower()
        if tag[1]:
            _close(name, stack, open_names)
            yield tag[0], look
            continue
        _close_implied(name, stack, open_names)
        look = _looks(tag[3], stack[-1][1] if stack else _Look(), hiding)
        yield tag[0], look
        if name not in _VOID and not tag[3].endswith("/"):
            stack.append((name, look))
            open_names[name] += 1
    if at < len(html):
        yield html[at:], stack[-1][1] if stack else _Look()


def _close(name: str, stack: list[tuple[str, _Look]], open_names: Counter[str]) -> None:
    while open_names[name]:
        last = stack.pop()[0]
        open_names[last] -= 1
        if last == name:
            return


def _close_implied(name: str, stack: list[tuple[str, _Look]], open_names: Counter[str]) -> None:
    """HTML leaves some ends away: a new block ends a paragraph, an entry of a list the entry before it."""
    if stack and (
        (stack[-1][0] == "p" and name in _ENDS_A_PARAGRAPH)
        or (name in _ENDS_ITS_LIKE and stack[-1][0] == name)
    ):
        open_names[stack.pop()[0]] -= 1


def _looks(attributes: str, within: _Look, hiding: frozenset[str]) -> _Look:
    if not attributes.strip():
        return within
    held = _attributes(attributes)
    style = re.sub(r"\s+", "", held.get("style", "").lower().replace(": ", ":"))
    names = {f".{name}" for name in held.get("class", "").split()} | {f"#{held.get('id', '')}"}
    look = within
    if "hidden" in held or _GONE.search(style) or names & hiding:
        look = replace(look, gone=True)
    if size := _SIZE.search(style):
        look = replace(look, tiny=float(size[1]) < _MIN_FONT_SIZE.get(size[2] or "px", 1.0))
    if colour := (_COLOUR.search(style) or [None, held.get("color", "").lower()])[1]:
        look = replace(look, white=_WHITE.match(colour) is not None)
    if ground := (_BACKGROUND.search(style) or [None, held.get("bgcolor", "").lower()])[1]:
        look = replace(look, coloured=not (_WHITE.match(ground) or _NO_COLOUR.match(ground)))
    return look


def _attributes(text: str) -> dict[str, str]:
    """The first of each attribute that matters, names in lower case."""
    attributes: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        attributes.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
    return attributes


def _hiding_names(html: str) -> frozenset[str]:
    """Classes and ids that the letter's own style sheet hides on every screen; what holds for some (`@media`) does not count."""
    names: set[str] = set()
    for sheet in _sheets(html):
        for selectors, body in _rules(_without_conditions(sheet)):
            if _GONE.search(re.sub(r"\s+", "", body.lower())):
                names.update(
                    selector.strip() for selector in selectors.split(",") if _NAMED.match(selector.strip())
                )
    return frozenset(names)


def _sheets(html: str) -> Iterator[str]:
    """What stands between `<style>` and `</style>`: each is looked for once, however many open and never end."""
    at = 0
    while (opened := _STYLE.search(html, at)) and (ended := _STYLE_END.search(html, opened.end())):
        yield html[opened.end() : ended.start()]
        at = ended.end()


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of each rule, of those that stand in another the innermost."""
    for rule in sheet.split("}")[:-1]:
        before, brace, body = rule.rpartition("{")
        if brace:
            yield before.rpartition("{")[2], body


def _without_conditions(sheet: str) -> str:
    """The sheet without what stands in `@media { … }` and its like."""
    kept, depth, skipping = [], 0, False
    for piece in re.split(r"([{}])", sheet):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
            if skipping and depth <= 0:
                skipping = False
                continue
        elif depth == 0 and piece.rpartition(";")[2].strip().startswith("@"):
            skipping = True
        if not skipping:
            kept.append(piece)
    return "".join(kept)
