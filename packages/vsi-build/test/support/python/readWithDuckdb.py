"""Reads Parquet files with DuckDB and prints their rows as JSON."""

import json
import sys

import duckdb

rows = duckdb.sql(f"select to_json(t) from read_parquet('{sys.argv[1]}') t").fetchall()
print(json.dumps([json.loads(row) for (row,) in rows]))
