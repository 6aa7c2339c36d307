"""A reward function as training scripts have them: regular expressions, sets and dicts, no tricks.

The rules are those of @vsi/scoring's reward() as far as the benchmark's completions need them. It does less: no number words, fractions,
unit conversions, signs in words, markup or scripts other than ASCII.

    python3 rewards.py requests.jsonl    answers each line of standard input with one of JSON: "totals" with the rewards, "run" with
                                         {"cpu": milliseconds}
"""

import json
import re
import sys
import time

TAG = re.compile(r"<\s{0,3}(/?)\s{0,3}(think|observe|answer)\s{0,3}>", re.I)
WORD = re.compile(r"[a-z0-9]+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
NEGATION = re.compile(r"\b(?:not?|never|neither|nor|cannot|except|without|wrong)\b", re.I)
LETTER = re.compile(r"(?<![A-Za-z0-9'])([A-Z])(?![A-Za-z0-9']|\s+[a-z])")
MARKER = re.compile(r"\banswer(?:\s{0,3}[:=]|\s{1,3}(?:is|was)\b\s{0,3}:?)", re.I)
OPTION = re.compile(r"\s*\(?([A-Z])\s?[.):]\s*(.*)", re.S)
NUMBER_TYPES = {"object_counting", "object_abs_distance", "object_size_estimation", "room_size_estimation"}
DIRECTIONS = [d.split("-") for d in ["front-left", "front-right", "back-left", "back-right", "left", "right", "back", "front"]]


def parts(completion, mode):
    """Whether the form is right, the reasoning, and the answer's text or None."""
    tags = list(TAG.finditer(completion))
    names = [tag.group(0) for tag in tags]
    if names == [f"<{mode}>", f"</{mode}>", "<answer>", "</answer>"]:
        reasoning = completion[tags[0].end() : tags[1].start()]
        answer = completion[tags[2].end() : tags[3].start()]
        outside = completion[: tags[0].start()] + completion[tags[1].end() : tags[2].start()]
        if completion[tags[3].end() :].strip() or not answer.strip():
            return False, reasoning, None
        return not outside.strip(), reasoning, answer
    answers = [tag for tag in tags if tag.group(2).lower() == "answer"]
    if len(answers) == 2 and answers == tags[-2:] and not answers[0].group(1) and answers[1].group(1):
        if not completion[answers[1].end() :].strip():
            return False, "", completion[answers[0].end() : answers[1].start()]
    return False, "", None


def is_reasoning(text):
    words = WORD.findall(text.lower())
    if len(text) > 32768 or len(words) < 5:
        return False
    triples = list(zip(words, words[1:], words[2:]))
    if len(set(triples)) < 0.65 * len(triples) or len(set(words)) < 4:
        return False
    if len(words) >= 40 and len(set(words)) < 2.5 * len(words) ** 0.5:
        return False
    if sum(map(len, words)) < 0.45 * len(text) or max(map(len, words)) > 60:
        return False
    numbers = sum(word.isdigit() for word in words)
    if len(words) - numbers < 0.4 * len(words):
        return False
    if numbers >= 0.15 * len(words):
        words = ["0" if word.isdigit() else word for word in words]
        triples = list(zip(words, words[1:], words[2:]))
        return len(set(triples)) >= 0.4 * len(triples)
    return True


def read_number(text):
    if NEGATION.search(text):
        return None
    values = {float(number) for number in NUMBER.findall(text)}
    return values.pop() if len(values) == 1 else None


def read_option(text, options, is_direction):
    words = WORD.findall(text.lower())
    if NEGATION.search(text) or "or" in words:
        return None
    found = {letter for letter in LETTER.findall(text) if letter in options}
    phrases = [(letter, name) for letter, name in options.items()]
    if is_direction:
        phrases += [("-".join(name), name) for name in DIRECTIONS]
    at = 0
    while at < len(words):
        best = None
        for letter, name in phrases:
            if words[at : at + len(name)] == name and (best is None or len(name) > len(best[1])):
                best = (letter, name)
        if best:
            found.add(best[0])
        at += len(best[1]) if best else 1
    value = found.pop() if len(found) == 1 else None
    return value if value in options else None


def reward(request):
    completion, mode = request["completion"], request["mode"]
    form = 0
    if mode == "vanilla":
        answer = completion if len(completion) <= 2000 else None
    else:
        is_right, reasoning, answer = parts(completion, mode)
        form = 1 if is_right and is_reasoning(reasoning) else 0
    if answer is None:
        return form
    markers = list(MARKER.finditer(answer))
    text = (answer[markers[-1].end() :] if markers else answer).strip()
    if request["question_type"] in NUMBER_TYPES:
        value, truth = read_number(text), float(request["ground_truth"])
        if value is None or (request["question_type"] == "object_counting" and value != int(value)):
            return form
        if value == truth:
            return form + 1
        smaller = min(value, truth)
        return form + (max(0, 1 - abs(value - truth) / smaller) if smaller > 0 else 0)
    matches = [OPTION.match(option) for option in request["options"]]
    options = {match.group(1): WORD.findall(match.group(2).lower()) for match in matches}
    value = read_option(text, options, request["question_type"].startswith("object_rel_direction"))
    return form + (1 if value == request["ground_truth"] else 0)


with open(sys.argv[1], encoding="utf8") as file:
    requests = [json.loads(line) for line in file]
for line in sys.stdin:
    start = time.process_time()
    totals = [reward(request) for request in requests]
    cost = {"cpu": 1000 * (time.process_time() - start)}
    print(json.dumps(totals if line.strip() == "totals" else cost), flush=True)
