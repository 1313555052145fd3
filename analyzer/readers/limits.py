"""How much input may hold before it is refused, so that hostile or broken files cannot fill the memory."""

# More than any text of the longest length that Analyzer takes (2 million characters) has in any encoding.
MAX_BYTES = 10_000_000
"""Bytes of one document, and characters of one row of a table."""

MAX_RATIO = 200
"""How many times its compressed size data may have; news text compressed well has about 5 times."""

MAX_ARCHIVE_BYTES = 100_000_000
"""Bytes that the members of an archive may have together whatever their compressed size."""

MAX_MEMBERS = 1_000_000
"""Members of an archive, as many as its directory has room for: with usual names there are about half as many."""

MAX_BUFFERED_BYTES = 256_000_000
"""Bytes of a Parquet file that cannot be read in place: compressed, in an archive, or from a pipe."""
