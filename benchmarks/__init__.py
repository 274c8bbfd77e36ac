"""How fast EndUse is, measured, beside others where there are any: `python -m benchmarks`."""
