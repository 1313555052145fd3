"""From results to the formats that programs read, one file a format.

JSON Lines holds everything; CSV, Parquet and pandas have one row a quotation (`analyzer.writers.rows`); brat and
spaCy show the quotations in the text. pyarrow, pandas and spaCy are imported when they are asked for.
"""

from analyzer.writers.brat import write_brat
from analyzer.writers.delimited import CSV_COLUMNS, no_formula, write_csv
from analyzer.writers.docbin import to_doc, write_spacy
from analyzer.writers.frame import to_frame
from analyzer.writers.jsonl import write_jsonl
from analyzer.writers.parquet import write_parquet

__all__ = [
    "CSV_COLUMNS",
    "no_formula",
    "to_doc",
    "to_frame",
    "write_brat",
    "write_csv",
    "write_jsonl",
    "write_parquet",
    "write_spacy",
]
