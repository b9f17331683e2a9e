"""The mail templates: loaded, and checked at start-up against what they may and must say."""
