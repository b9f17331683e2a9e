"""Settings files that people write: TOML tables read with types, each fault told with file and line."""

from mailbot.toml.fields import Fields
from mailbot.toml.toml_file import Where, line_of, parse_toml

__all__ = ["Fields", "Where", "line_of", "parse_toml"]
