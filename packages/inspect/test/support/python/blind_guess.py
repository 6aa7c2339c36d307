"""Guesses at the questions of a JSONL file from their words alone, with scikit-learn: an opinion on a dataset that
shares no code with the audit. Rooms are held out whole (GroupKFold by physical room).

Usage: blind_guess.py QUESTIONS.jsonl PARTITIONS [QUESTION_TYPE ...]
Prints {question_type: {"questions": n, "scores": {model: mean score}}} of all types, or of those named; scores 0 to 1:
accuracy for choices, mean relative accuracy for numbers, averaged over so many partitions of the rooms.
"""

import itertools
import json
import re
import sys
from collections import defaultdict

import numpy as np
from sklearn.ensemble import (
    GradientBoostingClassifier,
    GradientBoostingRegressor,
    RandomForestClassifier,
    RandomForestRegressor,
)
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold

FOLDS = 5
TREES = 50
NUMBERS = {"object_counting", "object_size_estimation", "object_abs_distance", "room_size_estimation"}
# More would take minutes; whole rooms are kept, the first in the order of their names.
MOST_QUESTIONS = 2500

PATTERNS = {
    "object_counting": r"How many (?P<x>.+?)\(s\)",
    "object_size_estimation": r"height\) of the (?P<x>.+?), measured",
    "object_abs_distance": r"distance between the (?P<a>.+?) and the (?P<b>.+?) \(in meters\)",
    "object_rel_distance": r"\((?P<list>.+)\) is the closest to the (?P<x>.+?)\?",
    "object_rel_direction": r"standing by the (?P<p>.+?) and facing the (?P<o>.+?), is the (?P<q>.+?) to (?:my|the)",
}


def names_of(record):
    """The names in the question's wording, by their part in it."""
    kind = record["question_type"]
    pattern = PATTERNS.get("object_rel_direction" if kind.startswith("object_rel_direction") else kind)
    found = re.search(pattern, record["question"]) if pattern else None
    return {key: value for key, value in found.groupdict().items() if key != "list"} if found else {}


def choices_of(record, answers):
    """The candidates in their order, and the index of the right one."""
    truth = record["ground_truth"]
    if record["options"]:
        texts = [option.split(". ", 1)[1] for option in record["options"]]
        letters = [option.split(". ", 1)[0] for option in record["options"]]
        return texts, texts.index(truth) if truth in texts else letters.index(truth)
    listed = re.search(PATTERNS["object_rel_distance"], record["question"])
    texts = listed["list"].split(", ") if listed and truth in listed["list"].split(", ") else answers
    return texts, texts.index(truth)


def candidate_features(kind, candidate, place, names):
    """One candidate as one-hot features: itself, every name in the question, and their pairs."""
    features = {f"place={place}": 1}
    if kind == "obj_appearance_order":
        labels = candidate.split(", ")
        for index, label in enumerate(labels):
            features[f"{index}={label}"] = 1
        for first, second in itertools.combinations(labels, 2):
            if first < second:
                features[f"{first}<{second}"] = 1
            else:
                features[f"{second}<{first}"] = -1
        return features
    features[f"c={candidate}"] = 1
    for key, name in names.items():
        features[f"{key}={name}"] = 1
        features[f"c*{key}={candidate}*{name}"] = 1
    for (key, name), (other, second) in itertools.combinations(sorted(names.items()), 2):
        features[f"c*{key}*{other}={candidate}*{name}*{second}"] = 1
    return features


def name_features(names):
    features = {"always": 1, **{f"{key}={name}": 1 for key, name in names.items()}}
    for name in set(names.values()):
        features[f"any={name}"] = 1
    for (key, name), (other, second) in itertools.combinations(sorted(names.items()), 2):
        features[f"{key}*{other}={name}*{second}"] = 1
        features["pair=" + "*".join(sorted((name, second)))] = 1
    return features


def splits_of(groups, partition):
    """Each room once held out; `partition` decides which rooms are held out together."""
    folds = GroupKFold(min(FOLDS, len(set(groups))), shuffle=True, random_state=partition)
    return folds.split(np.zeros(len(groups)), groups=groups)


def guess_choices(kind, records, groups, partition):
    answers = sorted({record["ground_truth"] for record in records})
    choices = [choices_of(record, answers) for record in records]
    rows, right, starts = [], [], [0]
    for record, (texts, truth) in zip(records, choices):
        for place, text in enumerate(texts):
            rows.append(candidate_features(kind, text, place, names_of(record)))
            right.append(place == truth)
        starts.append(len(rows))
    right = np.array(right)
    models = {
        "logistic regression": lambda: LogisticRegression(C=0.3, max_iter=1000),
        "random forest": lambda: RandomForestClassifier(TREES, min_samples_leaf=2, n_jobs=2, random_state=0),
        "gradient boosting": lambda: GradientBoostingClassifier(random_state=0, subsample=0.7, n_estimators=100),
    }
    row_questions = np.repeat(np.arange(len(records)), np.diff(starts))
    hits = {name: np.zeros(len(records)) for name in models}
    for training, asked in splits_of(groups, partition):
        train_rows = np.flatnonzero(np.isin(row_questions, training))
        asked_rows = np.flatnonzero(np.isin(row_questions, asked))
        vectorizer = DictVectorizer()
        learnt = vectorizer.fit_transform([rows[row] for row in train_rows])
        seen = vectorizer.transform([rows[row] for row in asked_rows])
        for name, make in models.items():
            belief = np.zeros(len(rows))
            belief[asked_rows] = make().fit(learnt, right[train_rows]).predict_proba(seen)[:, 1]
            for question in asked:
                own = belief[starts[question] : starts[question + 1]]
                hits[name][question] = np.argmax(own) == choices[question][1]
    # Where every question has the same answers, a classifier of the question itself.
    if all(sorted(texts) == sorted(choices[0][0]) for texts, _ in choices) and kind != "obj_appearance_order":
        words = np.array([texts[truth] for texts, truth in choices])
        named = [name_features(names_of(record)) for record in records]
        for name, make in models.items():
            hits[f"{name} of classes"] = guess_classes(make, named, words, groups, partition)
    return {name: float(own.mean()) for name, own in hits.items()}


def guess_classes(make, features, words, groups, partition):
    hits = np.zeros(len(words))
    for training, asked in splits_of(groups, partition):
        vectorizer = DictVectorizer()
        learnt = vectorizer.fit_transform([features[index] for index in training])
        model = make().fit(learnt, words[training])
        hits[asked] = model.predict(vectorizer.transform([features[index] for index in asked])) == words[asked]
    return hits


def relative_accuracy(guess, truth):
    """VSI-Bench's mean relative accuracy over ten thresholds."""
    error = np.abs(guess - truth) / truth
    return np.mean([error <= 1 - theta for theta in np.linspace(0.5, 0.95, 10)], axis=0)


def guess_numbers(kind, records, groups, partition):
    truths = np.array([float(record["ground_truth"]) for record in records])
    features = [name_features(names_of(record)) for record in records]
    models = {
        "ridge": lambda: Ridge(3.0),
        "random forest": lambda: RandomForestRegressor(TREES, min_samples_leaf=3, n_jobs=2, random_state=0),
        "gradient boosting": lambda: GradientBoostingRegressor(random_state=0, subsample=0.7),
    }
    scores = {name: np.zeros(len(records)) for name in models}
    for training, asked in splits_of(groups, partition):
        vectorizer = DictVectorizer()
        learnt = vectorizer.fit_transform([features[index] for index in training])
        seen = vectorizer.transform([features[index] for index in asked])
        for name, make in models.items():
            guess = np.exp(make().fit(learnt, np.log(truths[training])).predict(seen))
            if kind == "object_counting":
                guess = np.round(guess)
            scores[name][asked] = relative_accuracy(guess, truths[asked])
    if kind == "object_counting":
        words = truths.astype(int)
        classes = {
            "logistic regression": lambda: LogisticRegression(C=0.3, max_iter=1000),
            "random forest of classes": lambda: RandomForestClassifier(
                TREES, min_samples_leaf=2, n_jobs=2, random_state=0
            ),
        }
        for name, make in classes.items():
            scores[name] = np.zeros(len(records))
            for training, asked in splits_of(groups, partition):
                vectorizer = DictVectorizer()
                learnt = vectorizer.fit_transform([features[index] for index in training])
                model = make().fit(learnt, words[training])
                guess = model.predict(vectorizer.transform([features[index] for index in asked]))
                scores[name][asked] = relative_accuracy(guess, truths[asked])
    return {name: float(own.mean()) for name, own in scores.items()}


def main(path, partitions, kinds):
    by_type = defaultdict(list)
    with open(path, encoding="utf8") as lines:
        for line in lines:
            if line.strip():
                record = json.loads(line)
                if not kinds or record["question_type"] in kinds:
                    by_type[record["question_type"]].append(record)
    report = {}
    for kind, records in by_type.items():
        records.sort(key=lambda record: record["scene_name"])
        if len(records) > MOST_QUESTIONS:
            last = records[MOST_QUESTIONS]["scene_name"]
            records = [record for record in records if record["scene_name"] < last]
        groups = [re.sub(r"_\d\d$", "", record["scene_name"]) for record in records]
        if len(set(groups)) < 2:
            continue
        guess = guess_numbers if kind in NUMBERS else guess_choices
        runs = [guess(kind, records, groups, partition) for partition in range(partitions)]
        scores = {name: float(np.mean([run[name] for run in runs])) for name in runs[0]}
        report[kind] = {"questions": len(records), "scores": scores}
    print(json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
