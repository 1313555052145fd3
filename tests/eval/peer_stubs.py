"""Stand-ins for spaCy and the peers, with their interfaces and a little of their behaviour, as modules in a folder.

Each peer finds ``“…,” NAME said`` with a rule. The word ``CRASH`` ends its process, ``OUTSIDE`` makes it give a
span that is not in the text.
"""

from __future__ import annotations

from pathlib import Path

SPACY = '''
import os, re

class Piece:
    def __init__(self, doc, start, end):
        self.i, self.idx = len(doc.text[:start].split()), start
        self.start_char, self.end_char, self.text = start, end, doc.text[start:end]

class Doc:
    def __init__(self, text):
        self.text = text

def find(doc):
    """Pieces of content, source and cue."""
    if "CRASH" in doc.text:
        print("out of memory", file=__import__("sys").stderr)
        os._exit(9)
    for found in re.finditer("([“\\"][^”\\"]*[”\\"]) ((?:\\\\w+ )?\\\\w+) (said)", doc.text):
        pieces = [Piece(doc, *found.span(group)) for group in (1, 2, 3)]
        if "OUTSIDE" in doc.text:
            pieces[0].end_char = len(doc.text) + 1
        yield pieces

class Language:
    meta = {"lang": "en", "name": "stub", "version": "3.0"}
    __call__ = staticmethod(Doc)

def load(name):
    if name not in ("en_core_web_sm", "en_core_web_lg", "en_stub"):
        raise OSError(f"[E050] Can't find model '{name}'.")
    return Language()
'''

TEXTACY = """
from collections import namedtuple
import spacy

Found = namedtuple("Found", "speaker cue content")

def direct_quotations(doc):
    if (doc.text.count("“") + doc.text.count("”")) % 2:
        raise ValueError("an unclosed quotation")
    for content, source, cue in spacy.find(doc):
        words = [spacy.Piece(doc, source.start_char + at, source.start_char + at + len(word))
                 for word in source.text.split() for at in [source.text.index(word)]]
        yield Found(speaker=words, cue=[cue], content=content)
"""

CITRON = """
from types import SimpleNamespace
import spacy

print("a line of its own")

class Citron:
    def __init__(self, model_path, nlp):
        assert model_path.endswith("en_2021-11-15")

    def get_quotes(self, doc, resolve_coreferences=True):
        return [SimpleNamespace(contents=[content], sources=[source], cue=cue)
                for content, source, cue in spacy.find(doc)]
"""

TRACKER = """
import os
import spacy

os.makedirs("logs")

class QuoteExtractor:
    def __init__(self, config):
        assert open(config["NLP"]["QUOTE_VERBS"]).read().split() == ["said"]

    def extract_quotes(self, doc):
        index = lambda piece: f"({piece.start_char},{piece.end_char})"
        first = [{"quote_index": index(content), "speaker_index": index(source), "verb_index": index(cue)}
                 for content, source, cue in spacy.find(doc)]
        # A quotation of its own has neither.
        last = spacy.Piece(doc, doc.text.rindex("And"), len(doc.text))
        return [*first, {"quote_index": index(last), "speaker_index": "(0,0)", "verb_index": ""}]
"""

TRACKER_UTILS = """
def preprocess_text(txt):
    txt = txt.replace("\\u00a0", " ").replace("é", "e")
    txt = txt.replace("\\n", ".\\n ").replace("..\\n ", ".\\n ").replace("  ", " ")
    return txt.replace("”", '"').replace("“", '"')
"""


def write_stubs(folder: Path) -> Path:
    """Write all of them to *folder*, which then goes on Python's path; the folder."""
    files = {
        "spacy.py": SPACY,
        "spacy-3.8.0.dist-info/METADATA": "Name: spacy\nVersion: 3.8.0\n",
        "textacy/__init__.py": "",
        "textacy/extract.py": TEXTACY,
        "textacy-0.13.0.dist-info/METADATA": "Name: textacy\nVersion: 0.13.0\n",
        "citron/__init__.py": "",
        "citron/citron.py": CITRON,
        "citron/utils.py": "import spacy\n\ndef get_parser():\n    return spacy.load('en_core_web_sm')\n",
        "models/en_2021-11-15/README.md": "",
        "quote_extractor.py": TRACKER,
        "utils.py": TRACKER_UTILS,
        "rules/quote_verb_list.txt": "said\n",
    }
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return folder
