"""What is known of holders of offices, and what a name must not be taken for."""

from __future__ import annotations

import pytest

from analyzer.countries import state_by_code
from analyzer.known import known_holder
from analyzer.offices import office_category
from analyzer.places import find_state_mentions


def test_a_given_name_is_no_presidents_family_name() -> None:
    states = {state_by_code("USA"), state_by_code("CHN")}
    assert known_holder("Clinton Moe", "head_of_state", states) is None
    found = known_holder("Bill Clinton", "head_of_state", states)
    assert found is not None
    assert found[1].country == "USA"
    found = known_holder("Xi Jinping", "head_of_state", states)
    assert found is not None
    assert found[1].country == "CHN"


def test_a_persons_name_is_no_place() -> None:
    assert not find_state_mentions("Police chief Ana Mendoza said that the talks had failed.")
    (mention,) = find_state_mentions("In Mendoza the talks went on.")
    assert mention.actor.country == "ARG"


@pytest.mark.parametrize("title", ["education officer", "chief information officer", "prison officer"])
def test_officers_of_all_kinds_are_no_soldiers(title: str) -> None:
    assert office_category(title) != "military"
    assert office_category("army officer") == "military"


@pytest.mark.parametrize("title", ["white house staff member", "member of the company's board"])
def test_not_every_member_is_a_legislator(title: str) -> None:
    assert office_category(title) != "legislator"
    assert office_category("member of parliament") == "legislator"
