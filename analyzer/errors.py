"""Errors that users see."""


class ArticleError(ValueError):
    """An article that cannot be analyzed; the message says why."""


class ModelError(ValueError):
    """A model folder that cannot be loaded; the message names the folder and what is wrong with it."""
