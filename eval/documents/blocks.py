"""What stands in each block of figures of the documents; see ``eval.documents``."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eval.documents.stored import StoredEvaluation, StoredResults
from eval.report.tables import percent
from eval.systems import MODEL, PEOPLE, RULES

_SPANS = {
    "content, characters": "content characters",
    "content, overlap": "content overlap",
    "content, exact": "content exact",
    "linked to the right source": "linked",
}
_OF_CORPUS = {
    "linked to the right source": "linked",
    "and to the right speaker, by the fullest name": "resolved",
    "the speaker, given the source: a name": "speaker of a name",
    "the same: a pronoun": "speaker of a pronoun",
    "the same: a description": "speaker of a description",
    "the role's words, given the speaker": "role text",
    "the role's category, given the quotation": "role category",
    "the role's country, given the quotation": "role country",
    "stance of given quotations, macro-F1: model": "given stance macro-F1 of four",
    "the same: words and word pairs with logistic regression": "bag of words",
    "the same: lexicons, told speaker and role": "lexicons",
    "stance end to end, macro-F1": "stance macro-F1 of four",
    "target, given the label": "target",
    "evidence, given the label": "evidence",
}
_GIVEN = "given stance macro-F1 of four"
_ALL, _READ = "all articles", "articles that textacy got through"
_DIRECT = ("kind", "direct")
_BASELINES = ("bag of words", "lexicons")


def polnear(results: StoredResults) -> str:
    """The table of PolNeAR: rules, model and people."""
    stored = results.polnear
    rows = [("", "rules", "communique-small", "people among themselves")]
    for name, measure in _SPANS.items():
        value, interval = stored.f1("all", measure).split(" ", 1)
        others = [stored.f1("all", measure, system) for system in (RULES, PEOPLE)]
        rows.append((name, others[0], f"**{value}** {interval}", others[1]))
    return _table(rows)


def polnear_kinds(results: StoredResults) -> str:
    """The sentence on the kinds of quotations."""
    direct, mixed, indirect = (
        results.polnear.value("all", "content overlap", part=("kind", kind))
        for kind in ("direct", "mixed", "indirect")
    )
    return (
        f"Direct quotations are found with an overlap F1 of {direct}, mixed ones {mixed}, indirect ones {indirect}; "
        "precision, recall and all else are in the [stored result](eval/results/polnear-dev.json)."
    )


def corpus(results: StoredResults) -> str:
    """The table of the corpus's test split, constructed and real articles."""
    stored = results.corpus
    rows = [("", *(f"{word}, {_size(stored, group)}" for group, word in _GROUPS.items()))]
    for name, measure in _OF_CORPUS.items():
        cells = [
            stored.f1(group, _GIVEN, measure) if measure in _BASELINES else stored.f1(group, measure)
            for group in _GROUPS
        ]
        rows.append((name, *cells))
    return _table(rows)


def stance_lead(results: StoredResults) -> str:
    """Whether the stance model beats its baselines, and how far its probabilities are off."""
    leads, errors = [], []
    for group, word in _GROUPS.items():
        best = max(_BASELINES, key=lambda name: results.corpus.figure(group, _GIVEN, name)["score"]["f1"])
        lead = results.corpus.lead(group, _GIVEN, best)
        low, high = (f"{100 * bound:+.1f}" for bound in lead["interval"])
        chance = "p < 0.001" if lead["p"] < 0.001 else f"p = {lead['p']:.3f}"
        leads.append(
            f"On {word} articles the stance model's lead over the best baseline is {100 * lead['value']:+.1f} points "
            f"({low} to {high}, {chance})."
        )
        errors.append(f"{results.corpus.calibration_error(group, 'stance'):.2f} on {word} articles")
    return (
        f"{' '.join(leads)} Its probabilities have an expected calibration error of {' and '.join(errors)}."
    )


def peers(results: StoredResults) -> str:
    """The sentences on other extractors."""
    stored = results.textacy
    refused = stored.size(_ALL)[0] - stored.size(_READ)[0]
    ours, published = (
        _cofenet_scores(results, "each article once"),
        results.read("cofenet-dev")["published_f1"],
    )
    roles = ("source", "cue", "content")
    return (
        f"textacy's `direct_quotations` gets a linked F1 of {stored.value(_ALL, 'linked', 'textacy')} on "
        f"PolNeAR's dev articles (it refuses {refused} of {stored.size(_ALL)[0]}; on direct quotations in the others "
        f"{stored.value(_READ, 'linked', 'textacy', _DIRECT)}, the model "
        f"{stored.value(_READ, 'linked', part=_DIRECT)}). By CofeNet's protocol the model has "
        f"{', '.join(f'{role} {percent(ours[role][0])}' for role in roles)} on dev; CofeNet publishes "
        f"{', '.join(percent(published[role]) for role in roles)} on test. [docs/peers.md](docs/peers.md) says how to "
        "run these, Citron and the Gender Gap Tracker."
    )


def textacy(results: StoredResults) -> str:
    """The table of textacy beside rules and model."""
    stored = results.textacy
    systems = ("textacy", RULES, MODEL)
    rows: list[Sequence[str]] = [("", "textacy", "rules", "communique-small")]
    for name, measure, part in (
        ("content of direct quotations, overlap", "content overlap", _DIRECT),
        ("linked, direct quotations", "linked", _DIRECT),
        ("content of all quotations, overlap", "content overlap", ("all", "all")),
    ):
        rows.append((name, *(stored.value(_READ, measure, system, part) for system in systems)))
    return _table(rows)


def cofenet(results: StoredResults) -> str:
    """The table of CofeNet's published figures and ours by its protocol."""
    roles = ("source", "cue", "content")
    published = results.read("cofenet-dev")["published_f1"]
    rows: list[Sequence[str]] = [
        ("F1, exact spans", *roles),
        (
            "CofeNet on BERT-base (110 million parameters), test split, as published",
            *(percent(published[role]) for role in roles),
        ),
    ]
    for name, counting in (
        ("every annotator's copy", "every annotator's copy, as CofeNet counts"),
        ("each article once", "each article once"),
    ):
        ours = _cofenet_scores(results, counting)
        cells = (
            f"{percent(value)} ({percent(low)}–{percent(high)})"
            for value, low, high in (ours[role] for role in roles)
        )
        rows.append((f"communique-small, dev split, {name}", *cells))
    return _table(rows)


def _cofenet_scores(results: StoredResults, counting: str) -> dict[str, tuple[float, float, float]]:
    """F1 by role, with its interval."""
    return {
        item["role"]: (item["f1"]["value"], *item["f1"]["interval"])
        for item in results.read("cofenet-dev")["scores"]
        if item["counting"] == counting
    }


def contrast(results: StoredResults) -> str:
    """The sentence on the contrast pairs."""
    stored = results.read("contrast")["all"]
    return (
        f"Of {stored['pairs']} pairs of sentences that differ in a few words and in the stance, both are right in "
        f"{100 * stored['right'] / stored['pairs']:.0f} % (`communique contrast --json eval/results/contrast.json`)."
    )


def speed(results: StoredResults) -> str:
    """The paragraph on speed and memory."""
    stored = results.read("speed")
    briefs = stored["briefs_per_second"]
    longest = max(map(int, stored["microseconds_per_word"]))
    seconds = longest * stored["microseconds_per_word"][str(longest)] / 1e6
    return (
        f"- On two cores of a server processor without bfloat16 it analyzes {stored['articles_per_second']:.1f} news "
        f"articles a second and takes {stored['peak_memory_mb'] / 1000:.1f} GB of memory, "
        f"{stored['peak_memory_mb_with_long_articles'] / 1000:.1f} GB with a single article of {longest:,} words, "
        f"which takes {seconds:.0f} seconds; of texts of a sentence or two {briefs['one at a time']:.0f} a second "
        f"one at a time and {briefs['together']:.0f} in a batch (`communique benchmark PATH/dev/text --json "
        "eval/results/speed.json`, on PolNeAR's dev articles). Texts of more than two million characters are refused."
    )


def batch(results: StoredResults) -> str:
    """The paragraph on batches."""
    stored = results.read("batch")
    rates, memory, kills = stored["articles_per_second"], stored["memory"], stored["kills"]
    growth = 100 * (memory["growth"] - 1)
    return (
        f"- A batch of articles of 500 words runs at {rates['1 process of 2 threads']:.2f} a second in one process on "
        f"two cores, at {rates['1 process of 1 thread']:.2f} on one core and at "
        f"{rates['2 processes of 1 thread']:.2f} with `--processes 2`. Memory grew by {growth:.1f} % from the first "
        f"thousand of {memory['articles']:,} articles to the last. Killed {kills['kills']} times over "
        f"{kills['articles']} articles and resumed, it "
        f"{'wrote the same bytes as' if kills['same_bytes'] else 'wrote OTHER bytes than'} uninterrupted; of "
        f"{stored['broken']['files']:,} broken and hostile files {stored['broken']['files_without_result']} were "
        f"without result or error. The report on {stored['report']['articles']:,} articles opens in "
        f"{stored['report']['seconds']:.2f} seconds (`communique benchmark-batch --json eval/results/batch.json`)."
    )


def cluster(results: StoredResults) -> str:
    """What a million articles cost in core-hours."""
    rate = results.read("batch")["articles_per_second"]["2 processes of 1 thread"]
    hours = 1e6 / (rate / 2) / 3600
    return (
        f"Two processes on two cores of a server processor without bfloat16 analyze {rate:.2f} articles of some 500 "
        f"words a second (`communique benchmark-batch --json eval/results/batch.json`), so a core does {rate / 2:.2f} "
        f"a second and a **million articles take {hours:.0f} core-hours**: {hours / 4:.0f} hours on four cores, "
        f"{hours / 64:.1f} on 64. Multiply by what a core-hour costs you; at 0.04 a core-hour, say, a million articles "
        f"come to {0.04 * hours:.2f}."
    )


def model(results: StoredResults) -> str:
    """The figures of the model card."""
    links = [
        f"- PolNeAR's dev split, linked F1 (95 %): {results.polnear.f1('all', 'linked')}; people among themselves "
        f"{results.polnear.f1('all', 'linked', PEOPLE)}",
        *(
            f"- {word} articles of the corpus's test split: linked F1 {results.corpus.f1(group, 'linked')}, "
            f"stance of given quotations, macro-F1 {results.corpus.f1(group, _GIVEN)}"
            for group, word in _GROUPS.items()
        ),
    ]
    return "\n".join(links)


def agreement(results: StoredResults) -> str:
    """The datasheet's table of the agreement of the raw passes."""
    groups = results.read("agreement")["groups"]
    measures = [name for name in groups["all"]["values"] if name != "speaker"]
    rows: list[Sequence[str]] = [("F1, κ (× 100)", *measures)]
    for name in ("all", "own", "real"):
        values = groups[name]["values"]
        cells = (percent(values[measure]["value"]) for measure in measures)
        rows.append((f"{name}, {groups[name]['articles']} articles", *cells))
    return _table(rows)


def transfer(results: StoredResults) -> str:
    """The datasheet's table of the transfer between own and real articles."""
    rows: list[Sequence[str]] = [("trained on", "scored on", "articles", "quotations", "macro-F1 (95 %)")]
    for item in results.read("transfer")["scores"]:
        scored_on = item["scored_on"] + (", labels as in real dev" if item["weighted"] else "")
        low, high = item["interval"]
        value = f"{percent(item['macro_f1'])} ({percent(low)}–{percent(high)})"
        counts = (str(item["articles"]), str(item["quotations"]))
        rows.append((item["trained_on"], scored_on, *counts, value))
    return _table(rows)


_GROUPS = {"own": "constructed", "real": "real"}

BLOCKS: dict[str, Callable[[StoredResults], str]] = {
    "polnear": polnear,
    "polnear-kinds": polnear_kinds,
    "corpus": corpus,
    "stance-lead": stance_lead,
    "contrast": contrast,
    "peers": peers,
    "textacy": textacy,
    "cofenet": cofenet,
    "speed": speed,
    "batch": batch,
    "cluster": cluster,
    "model": model,
    "agreement": agreement,
    "transfer": transfer,
}
"""The blocks by the names that documents give them."""


def _size(stored: StoredEvaluation, group: str) -> str:
    articles, quotations = stored.size(group)
    return f"{articles} articles, {quotations:,} quotations"


def _table(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)
