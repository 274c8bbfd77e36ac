"""What the Declaration demands, as pure functions over values: no files, no clock, no network."""
