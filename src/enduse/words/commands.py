"""What the commands say: help, headings, progress. (ru, en) for each code."""

COMMANDS: dict[str, tuple[str, str]] = {}
