"""The forms of an evaluation: tables for a terminal, Markdown, HTML and JSON."""
