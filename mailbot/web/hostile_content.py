"""What a stranger wrote, as they formatted it, and what they attached: shown where it can do nothing."""

from __future__ import annotations

import re
from urllib.parse import quote

import nh3
from flask import Blueprint, Response, abort, render_template, request, session
from markupsafe import Markup

from mailbot.model import Attachment, StaffRole
from mailbot.services.desk.case_file.received_letter import raw_letter, received_letter
from mailbot.web.access import LETTER_POLICY, needs
from mailbot.web.request_context import store

pages = Blueprint("letter", __name__)

TAGS = frozenset(
    "a b i u s em strong p br div span blockquote pre ul ol li table thead tbody tfoot tr td th caption h1 h2 h3 h4 h5 "
    "h6 hr font center small big sub sup img dl dt dd code".split()
)
ATTRIBUTES = {
    "*": {"title", "dir", "align"},
    "td": {"colspan", "rowspan", "align", "valign"},
    "th": {"colspan", "rowspan", "align", "valign"},
    "img": {"alt", "width", "height", "src"},
    "font": {"color", "size"},
    "ol": {"start"},
}
PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
"""The browser's own viewer does not work inside a sandbox; it runs nothing of the page's."""

OPENED, MAX_OPENED = "opened", 40
"""Attachments that a member has opened, the newest last."""

MAX_HTML = 1_000_000
_SMALL_PICTURE = re.compile(r"^data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]+$")
_SHOWN = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF-": "application/pdf",
}
"""What a browser shows by itself; what it is, its first bytes say, not the letter."""


def clean(html: str) -> str:
    """HTML that neither runs nor loads anything: no scripts, styles, forms, frames, links or remote images."""

    def filtered(tag: str, name: str, value: str) -> str | None:
        if tag == "img" and name == "src":
            return value if _SMALL_PICTURE.match(value) else None
        return value

    return nh3.clean(
        html[:MAX_HTML],
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=filtered,
        url_schemes={"data"},
        link_rel=None,
        clean_content_tags={
            "script",
            "style",
            "title",
            "textarea",
            "noscript",
            "iframe",
            "svg",
            "math",
            "template",
        },
    )


@pages.get("/case/<reference>/letter.html")
@needs(StaffRole.OPERATOR)
def as_formatted(reference: str) -> Response:
    letter = received_letter(store(), reference)
    page = render_template("formatted.html", content=Markup(clean(letter.html)))
    return Response(page, headers={"Content-Security-Policy": LETTER_POLICY})


@pages.get("/case/<reference>/raw")
@needs(StaffRole.OPERATOR)
def raw(reference: str) -> Response:
    """The bytes as they came, to keep or to show to an engineer."""
    content = raw_letter(store(), reference).content
    return _file(content, "message/rfc822", f"{reference}.eml", inline=False)


@pages.get("/case/<reference>/attachment/<int:number>")
@needs(StaffRole.OPERATOR)
def attachment(reference: str, number: int) -> Response:
    found = next(
        (file for file in received_letter(store(), reference).attachments if file.number == number), None
    )
    if found is None:
        abort(404)
    if "open" in request.args:  # not where the page only shows it small
        _remember_opened(reference, number)
    shown = shown_type(found)
    return _file(
        found.content, shown or "application/octet-stream", safe_name(found), inline=shown is not None
    )


def _remember_opened(reference: str, number: int) -> None:
    kept = [opened for opened in session.get(OPENED, ()) if opened != [reference, number]]
    session[OPENED] = [*kept, [reference, number]][-MAX_OPENED:]


def opened_files(reference: str) -> frozenset[int]:
    """The numbers of the case's attachments that the member has opened in this session."""
    return frozenset(number for case, number in session.get(OPENED, ()) if case == reference)


def shown_type(found: Attachment) -> str | None:
    """The media type under which a browser may show it, None where it is only to be saved."""
    if found.content[:4] == b"RIFF" and found.content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _SHOWN.items() if found.content.startswith(start)), None)


def safe_name(found: Attachment) -> str:
    """A file's name without any path, and without what would hide its ending (CWE-22, U+202E)."""
    last = re.split(r"[\\/]", found.filename)[-1]
    plain = re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\"<>|:*?;]", "", last).strip(". ")
    return plain[-120:] or f"вложение-{found.number}"


def _file(content: bytes, media_type: str, name: str, *, inline: bool) -> Response:
    how = "inline" if inline else "attachment"
    policy = PDF_POLICY if media_type == "application/pdf" else LETTER_POLICY
    return Response(
        content,
        mimetype=media_type,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": policy,
        },
    )
