"""Toward whom a stance is taken."""

from analyzer.targets.finding import LONGEST_CONTENT, Targets, first_characters

__all__ = ["LONGEST_CONTENT", "Targets", "first_characters"]
