/** The first line of every file of Python that `vsi-eval export-task` writes: how it knows its own. */
export const TASK_MARK = "# Written by vsi-eval export-task.";

/**
 * What lmms-eval calls of a task: pictures, prompt and metric of one line of the data, whose fields `export-task` has
 * worked out. The metric is VSI-Bench's own (Yang et al., arXiv 2412.14171), as `vsi-eval score` computes it.
 */
export const TASK_PYTHON = `${TASK_MARK}
import numpy as np
from PIL import Image

# numpy's own doubles: some of them are not 0.5 + 0.05 * i.
THRESHOLDS = np.linspace(0.5, 0.95, 10)

DIRECTIONS = [f"object_rel_direction_{level}" for level in ("easy", "medium", "hard")]

# VSI-Bench's table beside the direction; other types are not in the average.
TASKS = [
    "object_counting",
    "object_abs_distance",
    "object_size_estimation",
    "room_size_estimation",
    "object_rel_distance",
    "route_planning",
    "obj_appearance_order",
]


def doc_to_visual(doc):
    if doc["video"]:
        return [doc["video"]]
    return [Image.open(frame).convert("RGB") for frame in doc["frames"]]


def doc_to_text(doc, lmms_eval_specific_kwargs=None):
    return doc["prompt"]


def process_results(doc, results):
    prediction = results[0]
    score = score_of(prediction, doc["ground_truth"], doc["is_number"])
    scored = {
        "id": doc["id"],
        "question_type": doc["question_type"],
        "prediction": prediction,
        "score": score,
    }
    return {"overall": scored, doc["question_type"]: score}


def score_of(prediction, truth, is_number):
    answer = prediction.split(" ")[0].rstrip(".").strip()
    if not is_number:
        return float(answer.lower() == truth.lower())
    try:
        error = abs(float(answer) - float(truth)) / float(truth)
    except ValueError:
        return 0.0
    return float((error <= 1 - THRESHOLDS).mean())


def mean(scores):
    return sum(scores) / len(scores) if scores else float("nan")


def overall(items):
    by_type = {}
    for item in items:
        by_type.setdefault(item["question_type"], []).append(item["score"])
    tasks = [mean(by_type[task]) for task in TASKS if task in by_type]
    # The direction is the mean of its three difficulties, all three needed.
    if all(direction in by_type for direction in DIRECTIONS):
        tasks.append(mean([mean(by_type[direction]) for direction in DIRECTIONS]))
    return mean(tasks)
`;
