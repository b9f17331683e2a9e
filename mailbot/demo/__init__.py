"""The demo: embedded servers, the sample letters and register, the real daemon, and what comes of it."""

from mailbot.demo.show import run_demo

__all__ = ["run_demo"]
