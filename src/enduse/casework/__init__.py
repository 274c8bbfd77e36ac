"""What is kept and what may be done with it: Django apps, each with models, queries and actions."""
