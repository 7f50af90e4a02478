import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.coach.discomfort import advice, read_answer


def test_mild_is_fine_more_is_eased_and_much_is_stopped() -> None:
    assert {advice(n) for n in range(4)} == {"That is mild enough. Keep it there."}
    assert advice(4).startswith("Go less deep next time")
    assert {advice(n) for n in range(5, 11)} == {advice(5)}
    assert advice(5).startswith("Leave this stretch out")


@pytest.mark.parametrize("wrong", [-1, 11])
def test_what_is_not_on_the_scale_is_refused(wrong: int) -> None:
    with pytest.raises(ValueError, match="from 0 to 10"):
        advice(wrong)


@given(st.text())
def test_whatever_is_typed_is_a_number_on_the_scale_or_skipped(text: str) -> None:
    answer = read_answer(text)
    assert answer is None or 0 <= answer <= 10


def test_numbers_are_read_with_spaces_around_and_nothing_else() -> None:
    assert [read_answer(text) for text in ("0", " 7 ", "10\n", "", "11", "3.5", "-1", "x")] == [
        0,
        7,
        10,
        None,
        None,
        None,
        None,
        None,
    ]
