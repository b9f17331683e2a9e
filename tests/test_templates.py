"""Templates name the members of closed sets, never their values: a member that is renamed fails, and is not merely never met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from mailbot.config import resource_folder
from mailbot.web.template_sets import TEMPLATE_SETS
from mailbot.wording.report.charts import ChartLook, PanelShape

TEMPLATES = resource_folder("templates")
JINJA = sorted(path for kind in ("html", "txt") for path in TEMPLATES.rglob(f"*.{kind}"))
TYPST = sorted(TEMPLATES.rglob("*.typ"))

TYPST_FIELDS: dict[str, type[StrEnum]] = {"look": ChartLook, "shape": PanelShape}
"""Typst knows no sets of ours: these fields may be compared with the value of a member, and it must be one."""

_TYPST_COMPARISON = re.compile(r"\.(?P<field>[\w-]+)\s*(?:==|!=)\s*\"(?P<value>[^\"]+)\"")
_TYPST_ANY = re.compile(r"(?:==|!=)\s*\"[^\"]+\"|\"[^\"]+\"\s*(?:==|!=)|\bin\s*\(\s*\"")


def literals(node: nodes.Node) -> Iterator[str]:
    """Text that stands in what is compared: as such, or in a list of values."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, nodes.Tuple | nodes.List):
        for item in node.items:
            yield from literals(item)


def compared_text(source: str) -> list[str]:
    tree = Environment().parse(source)
    return [
        text
        for compare in tree.find_all(nodes.Compare)
        for side in (compare.expr, *(operand.expr for operand in compare.ops))
        for text in literals(side)
    ]


@pytest.mark.parametrize("path", JINJA, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_template_compares_with_text(path: Path) -> None:
    assert compared_text(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        '{% if a == "x" %}{% endif %}',
        "{{ 'y' if 'x' != a }}",
        '{% if a in ("", "x") %}{% endif %}',
        '{% for one in many if one.look == "x" %}{% endfor %}',
    ],
)
def test_a_comparison_with_text_is_seen(source: str) -> None:
    assert compared_text(source) == ["x"]


def named_members(source: str) -> Iterator[tuple[type[StrEnum], str]]:
    by_name = {members.__name__: members for members in TEMPLATE_SETS}
    for attribute in Environment().parse(source).find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name in by_name:
            yield by_name[attribute.node.name], attribute.attr


def test_every_member_that_a_template_names_is_one() -> None:
    named = [found for path in JINJA for found in named_members(path.read_text("utf-8"))]
    assert {members for members, _ in named} == set(TEMPLATE_SETS), (
        "a set that no template names is given to none"
    )
    assert [(members.__name__, name) for members, name in named if name not in members.__members__] == []


@pytest.mark.parametrize("path", TYPST, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_paper_compares_only_with_the_values_of_members(path: Path) -> None:
    source = path.read_text("utf-8")
    compared = list(_TYPST_COMPARISON.finditer(source))
    assert len(compared) == len(_TYPST_ANY.findall(source))
    for match in compared:
        assert match["field"] in TYPST_FIELDS, match[0]
        assert match["value"] in tuple(TYPST_FIELDS[match["field"]]), match[0]
