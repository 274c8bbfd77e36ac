"""EndUse: the workbench for responsible export of AI solutions."""

__version__ = "0.1.0"
