"""Other people's quotation extractors, run from the user's own installation of them: see ``docs/peers.md``."""
