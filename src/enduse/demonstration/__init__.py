"""Made-up deals that show how the engine decides and how the workbench is used, and made-up lists on which some of their parties stand."""

LISTS = ("demo-sanctions", "demo-caution")  # their words; the files are `lists/<word>.csv`
