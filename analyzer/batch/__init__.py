"""From many articles to results: one process or several, and a record by which a run that was killed goes on."""
