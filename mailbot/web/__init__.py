"""The pages of the staff and the API of the company's site: Flask over the same services as the mail."""

from mailbot.web.app import create_app

__all__ = ["create_app"]
