"""Validates Croissant metadata with mlcroissant, reads all its records and prints them as JSON."""

import json
import sys

import mlcroissant


def plain(value):
    """Bytes as text, and a field's name in place of its whole id."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, dict):
        return {key.split("/")[-1]: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
issues = dataset.metadata.ctx.issues
records = {found.id: [plain(row) for row in dataset.records(found.id)] for found in dataset.metadata.record_sets}
print(json.dumps({"errors": sorted(issues.errors), "warnings": sorted(issues.warnings), "records": records}))
