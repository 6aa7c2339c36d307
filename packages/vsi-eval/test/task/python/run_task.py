"""A task through lmms_eval's own loader, evaluator and log, with a model that gives the answers of a file.

Arguments: the task's folder, its name, a JSON of answers by question id, a folder for the log.
"""

import json
import os
import sys

from lmms_eval import evaluator
from lmms_eval.api.model import lmms
from lmms_eval.loggers import EvaluationTracker
from lmms_eval.tasks import TaskManager

task_folder, name, answers_file, logs = sys.argv[1:5]
with open(answers_file) as file:
    answers = json.load(file)
asked = []


class Parrot(lmms):
    is_simple = True

    def generate_until(self, requests):
        given = []
        for request in requests:
            prompt, _, visual, doc_id, task, split = request.args
            doc = self.task_dict[task][split][doc_id]
            asked.append({"id": doc["id"], "prompt": prompt, "sizes": [list(frame.size) for frame in visual(doc)]})
            given.append(answers[doc["id"]])
        return given

    def loglikelihood(self, requests):
        raise NotImplementedError

    def generate_until_multi_round(self, requests):
        raise NotImplementedError


tracker = EvaluationTracker(output_path=logs)
results = evaluator.simple_evaluate(
    model=Parrot(),
    tasks=[name],
    task_manager=TaskManager(include_path=task_folder),
    log_samples=True,
    evaluation_tracker=tracker,
    batch_size=1,
    bootstrap_iters=0,
)
samples = results.pop("samples")
tracker.save_results_aggregated(results=results, samples=samples, datetime_str=results["date"])
tracker.save_results_samples(task_name=name, samples=samples[name])
with open(os.path.join(logs, "report.json"), "w") as file:
    scores = {key.split(",")[0]: value for key, value in results["results"][name].items()}
    json.dump({"scores": scores, "asked": asked}, file)
