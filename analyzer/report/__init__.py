"""From analyses to pages for people: a report on many articles, and one article's text for a notebook."""

from analyzer.report.fragment import describe, highlight
from analyzer.report.page import write_html
from analyzer.report.segments import Segment, segments

__all__ = ["Segment", "describe", "highlight", "segments", "write_html"]
