"""An article generated from known claims gives those claims back, at the rates that are pinned."""

from tests.construction_rates import floors, rates


def test_no_construction_falls_below_its_floor(extractor):
    measured, pinned = rates(extractor), floors()
    assert measured.keys() == pinned.keys(), "python -m tests.construction_rates --pin"
    # two claims in fifty may go another way on another machine: a floor is not a digest
    fallen = {
        (name, measure): (rate, pinned[name][measure])
        for name, row in measured.items()
        for measure, rate in row.items()
        if rate < pinned[name][measure] - 0.05
    }
    assert not fallen
