"""Documents: the domain's values to and from the files that people work with, spreadsheets first."""
