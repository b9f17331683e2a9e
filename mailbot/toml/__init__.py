"""Settings files that people write: TOML tables read with types, each fault told with file and line."""

from mailbot.toml.fields import TableFields
from mailbot.toml.toml_file import TableLocation, line_of, parse_toml

__all__ = ["TableFields", "TableLocation", "line_of", "parse_toml"]
