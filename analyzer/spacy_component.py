"""communique in a spaCy pipeline: ``nlp.add_pipe("communique")`` after ``pip install 'communique[spacy]'``.

Configuration: *model*, a model folder, by default the one in the package, and *threads*, how many processor threads
torch uses in this process. A pipeline that is saved keeps these and not the model itself. spaCy finds the component
through the entry point group ``spacy_factories``. ``analyzer.spacy_docs`` says what it leaves on a document.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from analyzer.spacy_docs import KEY, annotate_doc


class CommuniqueComponent:
    """Analyzes documents; the arguments are those of ``analyzer.Analyzer``.

    Raises ModelError if the model cannot be loaded.
    """

    def __init__(self, model: str | None = None, threads: int | None = None) -> None:
        # spaCy imports this module whenever it makes any pipeline, which should not wait for torch.
        from analyzer.analyzer import Analyzer

        self._analyzer = Analyzer(model, threads=threads)

    def __call__(self, doc: Doc) -> Doc:
        """Analyze the text of *doc* and put the analysis on it; without any words it has none.

        Raises ArticleError for a text that is too long to be an article.
        """
        if doc.text.strip():
            annotate_doc(doc, self._analyzer.analyze(doc.text))
        else:
            doc.user_data.pop(KEY, None)
            doc.spans[KEY] = []
        return doc


@Language.factory(
    "communique",
    assigns=["doc.spans", "doc._.communique", "span._.quotation"],
    default_config={"model": None, "threads": None},
)
def make_component(nlp: Language, name: str, model: str | None, threads: int | None) -> CommuniqueComponent:
    """What spaCy calls for ``nlp.add_pipe("communique", config={"model": …, "threads": …})``."""
    return CommuniqueComponent(model, threads)
