from analyzer.names import find_names
from analyzer.people import People


def grouped(text: str) -> dict[str, list[str]]:
    people = People(text, find_names(text))
    return {
        person.name: [text[slice(*mention.span)] for mention in person.mentions] for person in people.people
    }


def test_surname_joins_the_full_name_before_or_after() -> None:
    text = "Lind left. Ana Lind came back. Mrs. Lind stayed."
    assert grouped(text) == {"Ana Lind": ["Lind", "Ana Lind", "Lind"]}


def test_title_tells_namesakes_apart() -> None:
    text = "Anna Lind met Peter Lind. Mr. Lind left. Mrs. Lind stayed."
    assert grouped(text) == {"Anna Lind": ["Anna Lind", "Lind"], "Peter Lind": ["Peter Lind", "Lind"]}


def test_mentions_before_a_position_come_latest_first() -> None:
    text = "Ana Lind met Karl Okoro. Later Lind left."
    people = People(text, find_names(text))
    assert [person.name for _, person in people.before(text.index("Later"), 5)] == ["Karl Okoro", "Ana Lind"]
    assert [person.name for _, person in people.before(len(text), 1)] == ["Ana Lind"]


def test_name_that_capitals_hide_is_adopted() -> None:
    text = "Ana May left. Talks failed, May said."
    people = People(text, find_names(text))
    start = text.index("May said")
    name = people.adopt((start, start + 3))
    assert name is not None
    assert people.at[name.span[0]].name == "Ana May"
