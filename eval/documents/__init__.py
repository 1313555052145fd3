"""Documents that quote the stored results."""
