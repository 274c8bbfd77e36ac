"""Made-up deals for the demonstration, one or more for each outcome."""
