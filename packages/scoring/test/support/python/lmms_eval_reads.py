"""What lmms_eval's own functions make of texts: python lmms_eval_reads.py CASES.json, one JSON list on stdout.

Its tasks import packages that reading an answer does not need; those are stood in for.
"""

import importlib.util
import json
import sys
from unittest.mock import MagicMock

import numpy  # noqa: F401  (the tasks' metric is numpy's)

for name in ("datasets", "pandas", "loguru", "yaml", "huggingface_hub", "huggingface_hub.constants"):
    sys.modules[name] = MagicMock()
for name in ("lmms_eval", "lmms_eval.utils", "lmms_eval.tasks", "lmms_eval.tasks._task_utils"):
    sys.modules[name] = MagicMock()
sys.modules["lmms_eval.tasks._task_utils.default_template_yaml"] = MagicMock()


def load(folder, task):
    path = f"{folder}/lmms_eval/tasks/{task}/utils.py"
    spec = importlib.util.spec_from_file_location(task, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    cases, folder = sys.argv[1:]
    vsibench, revsi = load(folder, "vsibench"), load(folder, "revsi")
    found = []
    for text, truth, letter in json.load(open(cases, encoding="utf8")):
        number = {"question_type": "object_abs_distance", "ground_truth": truth}
        choice = {"question_type": "route_planning", "ground_truth": letter}
        scored = vsibench.vsibench_process_results(dict(number), [text])["vsibench_overall"]
        chosen = vsibench.vsibench_process_results(dict(choice), [text])["vsibench_overall"]
        value = vsibench.extract_number(text)
        found.append(
            {
                "number": None if value is None else repr(value),
                "token": vsibench.fuzzy_matching(text),
                "score": float(scored["MRA:.5:.95:.05"]),
                "choice": float(chosen["accuracy"]),
                "revsi": float(revsi.revsi_process_results(dict(number), [text])["overall_acc"]["acc"]),
                "revsi_choice": float(revsi.revsi_process_results(dict(choice), [text])["overall_acc"]["acc"]),
            }
        )
    print(json.dumps(found))


main()
