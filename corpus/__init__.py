"""The corpus: articles with hand-annotated quotations, speakers, roles, stances and targets.

>>> import corpus
>>> articles = corpus.load("train")                    # the own articles
>>> articles = corpus.load("train", texts=PATH)        # and the real ones, whose texts are in PATH
>>> corpus.to_datasets()["dev"]                        # as Hugging Face datasets
"""

from corpus.datasets import to_datasets
from corpus.load import CorpusError, load

__all__ = ["CorpusError", "load", "to_datasets"]
