"""Text to values with line numbers, and back."""
