"""How well and how fast parties are found on lists, beside other matchers: `python -m benchmarks.matching`."""
