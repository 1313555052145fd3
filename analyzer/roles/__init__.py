"""What an article says a speaker is: the words, the office, the state or body, and its category."""

from analyzer.roles.finding import find_roles

__all__ = ["find_roles"]
