"""From paths to articles: text, HTML, JSON, CSV and Parquet, compressed or not, and datasets in memory.

``find_items`` says what there is to read, ``read_item`` reads one of those, ``read_dataset`` a dataset; ``find_files``
and ``items_in_file`` are the two steps of ``find_items``.
"""

from analyzer.readers.dataset import read_dataset
from analyzer.readers.files import STANDARD_INPUT, File, find_files
from analyzer.readers.formats import InputFormat
from analyzer.readers.items import Item, find_items, input_size, items_in_file, read_item
from analyzer.readers.rows import USUAL_COLUMNS, Columns, own_id, read_row

__all__ = [
    "STANDARD_INPUT",
    "USUAL_COLUMNS",
    "Columns",
    "File",
    "InputFormat",
    "Item",
    "find_files",
    "find_items",
    "input_size",
    "items_in_file",
    "own_id",
    "read_dataset",
    "read_item",
    "read_row",
]
