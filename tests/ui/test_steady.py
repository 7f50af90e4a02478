from formcheck.ui.steady import UNBEARABLE, SteadyChoice


def test_the_better_place_is_taken_only_after_a_while() -> None:
    choice = SteadyChoice()
    taken = [choice.choose(1.0, 0.0, tenth / 10) for tenth in range(15)]
    assert taken == [False] * 10 + [True] * 5


def test_a_place_that_is_hardly_better_is_not_taken() -> None:
    choice = SteadyChoice()
    assert not any(choice.choose(0.55, 0.5, float(second)) for second in range(20))


def test_what_is_better_only_now_and_then_is_not_taken() -> None:
    choice = SteadyChoice()
    costs = [(1.0, 0.0), (0.0, 0.0)] * 30
    assert not any(choice.choose(*cost, tenth / 10) for tenth, cost in enumerate(costs))


def test_an_unbearable_place_is_left_at_once() -> None:
    assert SteadyChoice().choose(UNBEARABLE, 1.0, 0.0)


def test_nothing_is_kept_where_nothing_would_jump() -> None:
    assert SteadyChoice().choose(1.0, 0.0, 0.0, is_free=True)
