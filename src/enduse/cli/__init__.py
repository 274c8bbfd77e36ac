"""The command line: a thin door over formats, stores and domain."""
