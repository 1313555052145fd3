"""The JSON Schema says what the output is, and nothing else passes."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from analyzer.failure import Failure
from analyzer.quotation import (
    KINDS,
    ROLE_CATEGORIES,
    SCHEMA_VERSION,
    SPEAKER_KINDS,
    STANCE_LABELS,
    Consequence,
    StanceLabel,
)
from analyzer.results import Result
from analyzer.schema import output_schema
from tests.analyzer.writers.samples import FAILURE, all_results, full_analysis
from tests.hand_made import make_analysis

VALIDATOR = Draft202012Validator(output_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(output_schema())


@pytest.mark.parametrize("result", [*all_results(), make_analysis("")], ids=lambda result: ascii(result.id))
def test_results_are_valid(result: Result) -> None:
    VALIDATOR.validate(result.to_dict())


def changed(change: Callable[[Any], object]) -> Any:
    """`full_analysis` as JSON after *change*."""
    data = copy.deepcopy(full_analysis().to_dict())
    change(data)
    return data


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(schema=2),
        lambda data: data.update(note="x"),
        lambda data: data.pop("warnings"),
        lambda data: data.update(error={"type": "ArticleError", "message": ""}),
        lambda data: data.update(date="7 March 2026"),
        lambda data: data.update(date="2026-13-07"),
        lambda data: data.update(sha256="0"),
        lambda data: data["quotations"][0].update(kind="reported"),
        lambda data: data["quotations"][0].update(spans=[]),
        lambda data: data["quotations"][0].update(spans=[[1, 2, 3]]),
        lambda data: data["quotations"][0].update(cue=[[-1, 2]]),
        lambda data: data["quotations"][0].update(cue=[[1.5, 2]]),
        lambda data: data["quotations"][0]["speaker"].update(kind="robot"),
        lambda data: data["quotations"][0]["speaker"].update(resolved_by="guess"),
        lambda data: data["quotations"][0]["role"].update(category="king"),
        lambda data: data["quotations"][0]["role"].update(country="Norland"),
        lambda data: data["quotations"][0]["stance"].update(label="friendly"),
        lambda data: data["quotations"][0]["stance"].update(consequence="none"),
        lambda data: data["quotations"][0]["stance"]["probabilities"].update(hostile=1.1),
        lambda data: data["quotations"][0]["stance"]["probabilities"].pop("none"),
        lambda data: data["quotations"][0]["stance"]["target"].pop("name"),
        lambda data: data["quotations"][0]["confidence"].update(quotation=None),
        lambda data: data["speakers"][0].update(mentions=None),
    ],
)
def test_other_objects_are_not_valid(change: Callable[[Any], object]) -> None:
    assert not VALIDATOR.is_valid(changed(change))


def test_a_failure_has_nothing_else() -> None:
    assert not VALIDATOR.is_valid(FAILURE.to_dict() | {"text": ""})
    assert not VALIDATOR.is_valid(Failure(id="a", type="", message="").to_dict())


def test_values_are_those_of_the_data_classes() -> None:
    definitions = output_schema()["$defs"]
    stance = definitions["stance"]["properties"]
    assert tuple(definitions["quotation"]["properties"]["kind"]["enum"]) == KINDS
    assert tuple(definitions["speaker_kind"]["enum"]) == SPEAKER_KINDS
    assert tuple(definitions["role"]["properties"]["category"]["enum"]) == ROLE_CATEGORIES
    assert tuple(stance["label"]["enum"]) == get_args(StanceLabel)
    assert tuple(stance["probabilities"]["required"]) == STANCE_LABELS
    assert tuple(stance["consequence"]["enum"]) == (*get_args(Consequence), None)
    assert definitions["schema"]["const"] == SCHEMA_VERSION


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas of objects in *schema*."""
    if isinstance(schema, dict):
        if "properties" in schema:
            yield schema
        for value in schema.values():
            yield from objects(value)


def test_every_object_is_closed_and_every_field_described() -> None:
    definitions = output_schema()["$defs"]
    for schema in objects(output_schema()):
        assert schema["additionalProperties"] is False
        assert sorted(schema["required"]) == sorted(schema["properties"])
        for name, field in schema["properties"].items():
            described = field if "description" in field else definitions[field["$ref"].rpartition("/")[2]]
            assert described["description"].endswith("."), name
