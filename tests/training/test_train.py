"""From a folder in PolNeAR's layout to a model folder, with an encoder too small to learn much."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from transformers import BertModel
from typer.testing import CliRunner, Result

from analyzer.analyzer import Analyzer
from analyzer.calibration import Calibration
from analyzer.errors import ModelError
from analyzer.model import STANCES
from analyzer.quotation import QuotationSpans, covered_text
from analyzer.stance import StanceScores
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance
from tests.tiny import tiny_model, tiny_tokenizer
from training import train as train_module
from training.calibration import fit_temperature
from training.cli import app
from training.config import ConfigurationError, TrainingConfiguration
from training.examples import Example, make_example
from training.train import build_model, split_held_out, train

WORDS = ["said", "that", "talks", "end", "the", "river", "bridge", "is", "old", "long"]
TEXT = "The bridge is old. Ana Lind said that talks end. The river is long.\n"
ANNOTATION = (
    "T1\tSource 19 27\tAna Lind\nT2\tCue 28 32\tsaid\nT3\tContent 33 47\tthat talks end\n"
    "E1\tAttribution:T9 Content:T3 Cue:T2 Source:T1\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the tests' common input lies and the model that is trained once for all of them."""
    return tmp_path_factory.mktemp("training")


@pytest.fixture(scope="module")
def polnear(place: Path) -> Path:
    """A train split of twelve articles, and three to be held out, one of them without its annotation."""
    names = [AnnotatedArticle(id=f"talks{number}", text=TEXT, quotations=()) for number in range(200)]
    train_on, held_out = split_held_out(names)
    for article in [*train_on[:12], *held_out[:3]]:
        for part, ending, content in (
            ("text", ".txt", TEXT),
            ("attributions", "_4e07.ann", "" if article is held_out[0] else ANNOTATION),
        ):
            path = place / "polnear" / "train" / part / f"{article.id}{ending}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
    return place / "polnear"


@pytest.fixture(scope="module")
def configuration(place: Path) -> TrainingConfiguration:
    """A run that goes from a tiny encoder in a folder to a model that knows ``TEXT``."""
    encoder: BertModel = tiny_model().encoder
    encoder.save_pretrained(place / "encoder")
    tiny_tokenizer(WORDS).save_pretrained(place / "encoder")
    return TrainingConfiguration(
        encoder=str(place / "encoder"),
        name="tiny",
        version="1",
        window=32,
        overlap=8,
        link_size=8,
        epochs=40,
        batch=4,
        encoder_rate=3e-3,
        head_rate=1e-2,
        restyle=0.0,
        precision="float32",
    )


def ignore(record: dict[str, Any]) -> None:
    pass


def saved_configuration(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "config.json").read_text())
    return content


@pytest.fixture(scope="module")
def trained(polnear: Path, configuration: TrainingConfiguration, place: Path) -> Path:
    train(configuration, polnear, place / "first", ignore)
    return place / "first"


def test_the_folder_holds_a_model_that_can_be_used_and_its_card(
    trained: Path, configuration: TrainingConfiguration
) -> None:
    (quotation,) = Analyzer(trained, precision="float32").extract(TEXT)
    assert [TEXT[slice(*span)] for span in (*quotation.content, *quotation.cue, *quotation.source)] == [
        "that talks end",
        "said",
        "Ana Lind",
    ]
    card = (trained / "README.md").read_text()
    assert "(12 articles; 3 more were held out" in card
    assert f"The encoder was {configuration.encoder} (licence: see there)" in card
    assert "MiniLM" not in card
    assert sorted(path.name for path in trained.parent.iterdir()) == ["encoder", "first", "polnear"]


def test_the_model_is_calibrated_on_the_articles_held_out(trained: Path) -> None:
    stated = Analyzer(trained, precision="float32").extract(TEXT)[0].quotation_probability
    # It finds the same quotation in three articles, and in two of them it is annotated.
    assert stated == pytest.approx(2 / 3, abs=0.1)


def test_quotations_less_likely_than_the_models_threshold_are_left_out(trained: Path, tmp_path: Path) -> None:
    strict = shutil.copytree(trained, tmp_path / "strict")
    saved = saved_configuration(strict)
    assert saved["calibration"]["least_quotation"] == 0.5
    saved["calibration"]["least_quotation"] = 0.9
    (strict / "config.json").write_text(json.dumps(saved))
    assert Analyzer(strict, precision="float32").extract(TEXT) == ()


def test_no_path_of_this_machine_is_in_the_models_configuration(trained: Path) -> None:
    assert "_name_or_path" not in (trained / "config.json").read_text()


def test_a_second_stage_goes_on_from_the_first_as_its_own_configuration_says(
    trained: Path, configuration: TrainingConfiguration, polnear: Path, tmp_path: Path
) -> None:
    second = replace(
        configuration, start=str(trained), version="2", name="tiny-second", epochs=1, dropout=0.25, seed=7
    )
    train(second, polnear, tmp_path / "second", ignore)
    saved = saved_configuration(tmp_path / "second")
    assert (saved["name"], saved["version"], saved["encoder"]["hidden_dropout_prob"]) == (
        "tiny-second",
        "2",
        0.25,
    )
    card = (tmp_path / "second" / "README.md").read_text()
    assert card.index('version = "1"') < card.index(f'start = "{trained}"') < card.index('version = "2"')
    assert f"The encoder was {configuration.encoder}" in card
    (quotation,) = Analyzer(tmp_path / "second", precision="float32").extract(TEXT)
    assert TEXT[slice(*quotation.content[0])] == "that talks end"


def test_the_calibration_of_the_model_to_go_on_from_is_forgotten_before_a_new_one_is_fitted(
    trained: Path, configuration: TrainingConfiguration
) -> None:
    saved = saved_configuration(trained)
    assert saved["calibration"]
    model, _ = build_model(replace(configuration, start=str(trained)))
    assert model.config.calibration == {}


def test_dropout_is_that_of_the_configuration_in_the_model_itself(
    trained: Path, configuration: TrainingConfiguration
) -> None:
    model, _ = build_model(replace(configuration, start=str(trained), dropout=0.25, head_dropout=0.5))
    rates = {getattr(module, "p", 0.0) for module in model.encoder.modules()}
    assert rates == {0.0, 0.25}
    assert model.dropout.p == 0.5


@pytest.mark.parametrize(("key", "value"), [("window", 48), ("overlap", 4), ("link_size", 16)])
def test_a_second_stage_of_another_shape_is_refused(
    trained: Path, configuration: TrainingConfiguration, key: str, value: int
) -> None:
    own = getattr(configuration, key)
    second = replace(configuration, start=str(trained), **{key: value})
    with pytest.raises(ConfigurationError, match=f"{key} is {value}, but .*{trained}.*: say {key} = {own}"):
        build_model(second)


def test_a_card_says_when_it_is_unknown_what_the_model_went_on_from(
    configuration: TrainingConfiguration, polnear: Path, tmp_path: Path
) -> None:
    tiny_model().save_pretrained(tmp_path / "found")
    tiny_tokenizer(WORDS).save_pretrained(tmp_path / "found")
    second = replace(configuration, start=str(tmp_path / "found"), epochs=1)
    train(second, polnear, tmp_path / "second", ignore)
    card = (tmp_path / "second" / "README.md").read_text()
    assert f"went on from the model in {tmp_path / 'found'}, which does not say how it was made" in card
    assert "The encoder was" not in card


def test_what_fails_before_the_end_leaves_the_old_model_as_it_was(
    trained: Path,
    configuration: TrainingConfiguration,
    polnear: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = {path.name: path.read_bytes() for path in trained.iterdir() if path.is_file()}

    def fail(*_: object) -> Calibration:
        raise KeyboardInterrupt

    monkeypatch.setattr(train_module, "fit_calibration", fail)
    with pytest.raises(KeyboardInterrupt):
        train(configuration, polnear, trained, ignore)
    assert {path.name: path.read_bytes() for path in trained.iterdir() if path.is_file()} == before
    assert sorted(path.name for path in trained.parent.iterdir()) == ["encoder", "first", "polnear"]


@pytest.fixture
def command(polnear: Path, tmp_path: Path) -> Callable[[str], Result]:
    """Runs ``communique train`` with a configuration file of the given content."""

    def run(content: str) -> Result:
        (tmp_path / "run.toml").write_text(content)
        arguments = ["--polnear", str(polnear), "--output", str(tmp_path / "out")]
        return CliRunner().invoke(app, [str(tmp_path / "run.toml"), *arguments])

    return run


def test_the_command_reports_progress_and_where_the_model_is(
    command: Callable[[str], Result], configuration: TrainingConfiguration, tmp_path: Path
) -> None:
    result = command(
        f'encoder = "{configuration.encoder}"\nwindow = 32\noverlap = 8\nlink_size = 8\nepochs = 7\nbatch = 4'
    )
    assert (result.exit_code, result.stdout) == (0, f"The model is in {tmp_path / 'out'}\n")
    assert json.loads(result.stderr)["step"] == 20


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("epochs = 0", "epochs is 0; expected at least 1"),
        ('start = "nowhere"', "nowhere: no model there"),
        ('encoder = "./nowhere"', "encoder './nowhere' cannot be loaded"),
        ('encoder = "package:no_such_package/model"', "the package no_such_package is not installed"),
    ],
)
def test_what_cannot_be_trained_gives_one_message_and_exit_code_2(
    command: Callable[[str], Result], tmp_path: Path, content: str, message: str
) -> None:
    result = command(content)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("communique train: ")
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "out").exists()


def test_another_configuration_in_the_same_folder_is_refused(
    command: Callable[[str], Result], configuration: TrainingConfiguration, tmp_path: Path
) -> None:
    content = f'encoder = "{configuration.encoder}"\nwindow = 32\noverlap = 8\nlink_size = 8\nepochs = '
    assert command(content + "1").exit_code == 0
    result = command(content + "2")
    assert result.exit_code == 2
    assert (
        f"{tmp_path / 'out' / 'run'}: the checkpoint there is of a run with another epochs" in result.stderr
    )


def test_missing_articles_are_reported(tmp_path: Path, configuration: TrainingConfiguration) -> None:
    (tmp_path / "run.toml").write_text("")
    arguments = [str(tmp_path / "run.toml"), "--polnear", str(tmp_path), "--output", str(tmp_path / "out")]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 2
    assert "not a PolNeAR split" in result.stderr


def test_a_broken_model_to_go_on_from_is_a_model_error(
    trained: Path, configuration: TrainingConfiguration, tmp_path: Path
) -> None:
    broken = shutil.copytree(trained, tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"broken")
    with pytest.raises(ModelError, match="cannot be loaded"):
        build_model(replace(configuration, start=str(broken)))


def place_of(piece: str) -> tuple[tuple[int, int], ...]:
    return ((TEXT.index(piece), TEXT.index(piece) + len(piece)),)


STANCE = AnnotatedStance(label="hostile", evidence=place_of("end"))
ANNOTATED = AnnotatedArticle(
    id="own",
    text=TEXT,
    quotations=(
        AnnotatedQuotation(
            id=0,
            content=place_of("that talks end"),
            cue=place_of("said"),
            source=place_of("Ana Lind"),
            stances=(STANCE,),
        ),
    ),
)


def test_the_corpus_is_trained_on_beside_polnear_and_the_card_says_so(
    trained: Path, configuration: TrainingConfiguration, polnear: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    asked = []

    def load(split: str, *, texts: Path | None) -> list[AnnotatedArticle]:
        asked.append((split, texts))
        return [ANNOTATED]

    monkeypatch.setattr("training.train.load", load)
    second = replace(configuration, start=str(trained), epochs=5, corpus_times=4)
    before = Analyzer(trained, precision="float32").analyze(TEXT)
    assert before.quotations[0].confidence.stance is None
    assert before.warnings == ("the model was not trained on stances",)

    train(second, polnear, tmp_path / "second", ignore, texts=tmp_path)
    card = (tmp_path / "second" / "README.md").read_text()
    # Stances are calibrated on dev.
    assert asked == [("train", tmp_path), ("dev", tmp_path)]
    assert "(12 articles; 3 more were held out" in card
    assert "communique's own corpus (1 articles)" in card

    analysis = Analyzer(tmp_path / "second", precision="float32").analyze(TEXT)
    stance = analysis.quotations[0].stance
    assert stance.label == "hostile"
    assert analysis.quotations[0].confidence.stance == stance.probabilities["hostile"] > 0.5
    assert covered_text(TEXT, stance.evidence) == "end"
    assert analysis.warnings == ()


def test_passages_are_trained_on_beside_a_share_of_polnear_and_the_card_says_so(
    configuration: TrainingConfiguration, polnear: Path, tmp_path: Path, monkeypatch: Any
) -> None:
    seen: list[str] = []

    def record(article: AnnotatedArticle, tokenizer: Any) -> Example:
        seen.append(article.id)
        return make_example(article, tokenizer)

    monkeypatch.setattr("training.train.make_example", record)
    monkeypatch.setattr("training.train.load", lambda split, *, texts: [])
    monkeypatch.setattr("training.train.load_passages", lambda: [replace(ANNOTATED, id="passage")])
    train(
        replace(configuration, epochs=1, passages_times=2, polnear_share=0.25),
        polnear,
        tmp_path / "model",
        ignore,
    )
    assert seen.count("passage") == 2
    assert len(set(seen) - {"passage"}) == 3
    card = (tmp_path / "model" / "README.md").read_text()
    assert "(12 articles; 3 more were held out" in card
    assert "1 short passages" in card


def test_the_temperature_makes_the_labels_likeliest() -> None:
    class Stated:
        def __init__(self, hostile: float) -> None:
            rest = (1 - hostile) / (len(STANCES) - 1)
            self.probabilities = {name: hostile if name == "hostile" else rest for name in STANCES}

        def score_stances(self, text: str, quotations: Sequence[QuotationSpans]) -> list[StanceScores]:
            return [StanceScores(self.probabilities, quotation.content[0]) for quotation in quotations]

    none = replace(ANNOTATED.quotations[0], stances=(AnnotatedStance(label="none"),))
    half = [ANNOTATED, replace(ANNOTATED, quotations=(none,))]
    # Of two quotations called hostile one is: it should have been said less surely.
    assert fit_temperature(Stated(0.99), half) > 1.5  # type: ignore[arg-type]
    assert fit_temperature(Stated(0.6), [ANNOTATED] * 4) < 0.5  # type: ignore[arg-type]
    assert fit_temperature(Stated(0.6), []) == 1.0  # type: ignore[arg-type]
