import json

import pytest
from vsi_trainer.measure import MOST_QUESTIONS, _write_rows


@pytest.mark.parametrize(("questions", "steps", "own"), [(4, 2, 4), (40, 5, MOST_QUESTIONS), (60, 2, 30)])
def test_regression_a_step_of_more_rows_than_sixteen_was_measured_with_sixteen(
    tmp_path, make_settings, questions, steps, own
):
    asked = {"steps": steps, "questions": questions, "frames": 2, "frame_size": [64, 48]}
    lines = _write_rows(tmp_path, make_settings(measure=asked)).read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    assert len(rows) == questions
    # As many as the step has rows, or the cache of frames would make it cheaper than it is.
    assert len({tuple(row["images"]) for row in rows}) == own
    assert all(len(row["images"]) == 2 for row in rows)
    assert len(list(tmp_path.glob("*.jpg"))) == 2 * own
