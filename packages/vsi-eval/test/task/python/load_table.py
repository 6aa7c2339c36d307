"""An exported table through VLMEvalKit's own loader, prompts and files of predictions.

Arguments: the table's name in the LMUData folder, a JSON of answers by index, the file to write as its inference does.
"""

import json
import sys

from PIL import Image
from vlmeval.dataset import build_dataset
from vlmeval.smp import dump

name, answers_file, out = sys.argv[1:4]
with open(answers_file) as file:
    answers = json.load(file)
dataset = build_dataset(name)
asked = []
for row in range(len(dataset)):
    message = dataset.build_prompt(row)
    asked.append(
        {
            "index": str(dataset.data.iloc[row]["index"]),
            "sizes": [list(Image.open(part["value"]).size) for part in message if part["type"] == "image"],
            "text": "".join(part["value"] for part in message if part["type"] == "text"),
        }
    )
data = dataset.data
data["prediction"] = [answers[str(index)] for index in data["index"]]
dump(data.drop(columns=["image_path"]), out)
json.dump({"class": type(dataset).__name__, "asked": asked}, sys.stdout)
