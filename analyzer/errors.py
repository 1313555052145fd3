"""Errors that users see."""


class ArticleError(ValueError):
    """An article that cannot be analyzed; the message says why."""


class ModelError(ValueError):
    """A model folder that cannot be loaded; the message names the folder and what is wrong with it."""


class ResultsError(ValueError):
    """Results of an earlier run that cannot be read; the message names the file, the line and what is wrong."""


class MissingExtraError(ImportError):
    """A package that only an extra of communique installs is not there; the message says how to install it."""


class OutputError(ValueError):
    """An output, or the record of a run, that cannot be written or gone on with; the message says what to do."""


class InputError(ValueError):
    """Input that cannot be read any further; the message says why."""


class ClusterError(RuntimeError):
    """A cluster that has given up; the message is the cluster's own."""
