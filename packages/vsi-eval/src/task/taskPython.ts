/** The first line of every file of Python that `vsi-eval export-task` writes: how it knows its own. */
export const TASK_MARK = "# Written by vsi-eval export-task.";

/**
 * What lmms-eval calls of a task: pictures, prompt and metric of one line of the data, whose fields `export-task` has
 * worked out. The metric is VSI-Bench's own (Yang et al., arXiv 2412.14171), as `vsi-eval score` computes it. As a
 * program it writes the paths of VLMEvalKit's table, which takes absolute ones only.
 *
 * @param frames the folder that the data's paths begin at, from the task's folder.
 * @param table the table's name, in the task's folder.
 */
export function taskPython(frames: string, table: string): string {
  // A text of JSON is one of Python.
  return TASK_PYTHON.replace("FRAMES_FROM_HERE", () => JSON.stringify(frames)).replace("TABLE_NAME", () =>
    JSON.stringify(table),
  );
}

const TASK_PYTHON = `${TASK_MARK}
import csv
import json
import os

import numpy as np
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))

# Where the paths of test.jsonl begin.
FRAMES = os.environ.get("VSI_FRAMES_DIR") or os.path.join(HERE, FRAMES_FROM_HERE)

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
        return [path_of(doc["video"])]
    return [Image.open(path_of(frame)).convert("RGB") for frame in doc["frames"]]


def path_of(name):
    path = os.path.normpath(os.path.join(FRAMES, name))
    if not os.path.exists(path):
        raise FileNotFoundError(
            f"{path}: no such file. Was the task moved, or its frames? Set VSI_FRAMES_DIR to the folder that holds {name}."
        )
    return path


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


def write_table_paths():
    path = os.path.join(HERE, TABLE_NAME)
    with open(os.path.join(HERE, "test.jsonl"), encoding="utf-8") as file:
        frames = {doc["id"]: doc["frames"] for doc in map(json.loads, file)}
    csv.field_size_limit(2**31 - 1)
    with open(path, encoding="utf-8", newline="") as file:
        heads, *rows = csv.reader(file, delimiter="\\t")
    index, images = heads.index("index"), heads.index("image_path")
    for row in rows:
        row[images] = json.dumps([path_of(name) for name in frames[row[index]]], ensure_ascii=False)
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter="\\t", lineterminator="\\n").writerows([heads, *rows])


if __name__ == "__main__":
    write_table_paths()
`;
