"""Reads the Parquet files, the workbook and the Stata files of an export, and compares each value with the CSV."""

import csv
import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pandas
import polars
import pyarrow
import pyarrow.parquet
import pyreadstat

os.chdir(sys.argv[1])
PACKAGE = json.load(open("datapackage.json", encoding="utf-8"))
FIELDS = {r["name"]: r["schema"]["fields"] for r in PACKAGE["resources"]}
TYPES = {name: {f["name"]: f["type"] for f in fields} for name, fields in FIELDS.items()}
PATHS = {r["name"]: r["path"] for r in PACKAGE["resources"]}

# What CSV marks with an apostrophe, lest a spreadsheet run it: the beginning of a text, and of each part after a semicolon.
GUARDED = re.compile("(^|;)'('*[=+\\-@\t\r＝＋－＠])")


def say(what):
    print(what, flush=True)


def typed(name):
    """The rows of a CSV file as Python values, by the types that the data package gives."""
    own = {"boolean": {"true": True, "false": False}.get, "integer": int, "number": float}
    own |= {"date": datetime.date.fromisoformat, "string": lambda text: GUARDED.sub(r"\1\2", text)}
    with open(PATHS[name], encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [{c: own[TYPES[name][c]](text) if text else None for c, text in row.items()} for row in rows]


def file_of(name, folder, ending):
    return f"panels/{name}.{ending}" if PATHS[name].startswith("panels/") else f"{folder}/{name}.{ending}"


def parquet():
    """Values and types are those of the CSV, for pyarrow, polars, pandas and DuckDB."""
    types = {"string": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64()}
    types |= {"boolean": pyarrow.bool_(), "date": pyarrow.date32()}
    found = {p.as_posix() for folder in ("parquet", "panels") for p in Path(folder).glob("*.parquet")}
    assert found == {file_of(name, "parquet", "parquet") for name in PATHS}
    for name in PATHS:
        path, rows = file_of(name, "parquet", "parquet"), typed(name)
        table = pyarrow.parquet.read_table(path)
        assert table.to_pylist() == rows, f"{name}: pyarrow"
        fields = json.loads(table.schema.metadata[b"fields"])
        assert fields == FIELDS[name], name
        for field, of in zip(table.schema, fields):
            assert (field.name, field.type) == (of["name"], types[of["type"]]), (name, field)
            assert field.nullable == ("constraints" not in of), (name, field)
        assert polars.read_parquet(path).to_dicts() == rows, f"{name}: polars"
        assert len(pandas.read_parquet(path)) == len(rows), f"{name}: pandas"
        seen = duckdb.sql(f"SELECT * FROM '{path}'")
        assert [dict(zip(seen.columns, row)) for row in seen.fetchall()] == rows, f"{name}: DuckDB"
    say(f"Parquet: {len(PATHS)} tables, equal to csv in pyarrow, polars and DuckDB")


def xlsx():
    """Every sheet has the rows of its CSV, with days as dates."""
    book = openpyxl.load_workbook("comity.xlsx", read_only=False)
    assert book.sheetnames == ["about", "codebook", *(PATHS)], book.sheetnames
    described = {row[0].value: row[1].value for row in book["about"].iter_rows()}
    coverage = next(row[2].value for row in book["about"].iter_rows() if row[0].value == "Coverage")
    assert coverage in Path("README.md").read_text(encoding="utf-8")
    header, *columns = book["codebook"].iter_rows(values_only=True)
    assert header[:2] == ("table", "column"), header
    assert [(row[0], row[1]) for row in columns] == [(name, field["name"]) for name in PATHS for field in FIELDS[name]]
    cut = 0
    for name in PATHS:
        sheet, rows = book[name], typed(name)
        assert described[name] == len(rows), name
        assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref.startswith("A1:"), name
        lines = sheet.iter_rows(values_only=True)
        header = list(next(lines))
        assert header == list(TYPES[name]), name
        seen = [dict(zip(header, line)) for line in lines]
        assert len(seen) == len(rows), (name, len(seen), len(rows))
        for line, row in zip(seen, rows):
            for column, mine in row.items():
                theirs = line[column]
                if isinstance(mine, datetime.date):
                    # Excel has no days before March 1900: these are texts.
                    early = mine < datetime.date(1900, 3, 1)
                    mine = mine.isoformat() if early else datetime.datetime.combine(mine, datetime.time())
                if isinstance(mine, str):
                    mine = mine.replace("\r\n", "\n")
                    if len(mine.encode("utf-16-le")) // 2 > 32767:
                        cut += 1
                        assert theirs.endswith(" […]") and mine.startswith(theirs[:-4]), (name, column)
                        continue
                assert mine == theirs and isinstance(theirs, bool) == isinstance(mine, bool), (name, column, mine, theirs)
    properties = book.properties
    as_of = PACKAGE["comity"]["as_of"]
    assert properties.created.date().isoformat() == as_of, (properties.created, as_of)
    say(f"xlsx: {len(PATHS)} sheets, equal to csv in openpyxl; {cut} texts are cut")


def stata():
    """pyreadstat and pandas read back every value."""
    found = {p.as_posix() for folder in ("stata", "panels") for p in Path(folder).glob("*.dta")}
    assert found == {file_of(name, "stata", "dta") for name in PATHS}
    labels = 0
    for name in PATHS:
        path, rows, types = file_of(name, "stata", "dta"), typed(name), TYPES[name]
        expected = [{c: "" if v is None and types[c] == "string" else v for c, v in row.items()} for row in rows]
        frame, meta = pyreadstat.read_dta(path)
        assert meta.number_rows == len(rows) and meta.column_names == list(types), (name, meta.number_rows, len(rows))
        sentences = {field["name"]: field["description"] for field in FIELDS[name]}
        for column, label in meta.column_names_to_labels.items():
            plain = " ".join(sentences[column].replace("`", "").split())
            # A long description is cut at a word, also in the middle, before what the column says of its own.
            parts = [part.strip(" :") for part in label.split("…")]
            assert len(label) <= 80 and all(part in plain for part in parts), (name, column, label)
            assert label and not re.search(" [,.:]", label), (name, column, label)
            labels += 1
        if not rows:
            continue
        for reader, frame in (("pyreadstat", frame), ("pandas", pandas.read_stata(path))):
            for column in types:
                mine = [row[column] for row in expected]
                theirs = [None if not isinstance(v, str) and pandas.isna(v) else v for v in frame[column]]
                if types[column] == "date":
                    theirs = [None if v is None else v if type(v) is datetime.date else v.date() for v in theirs]
                assert len(mine) == len(theirs), (reader, name, column)
                for a, b in zip(mine, theirs):
                    assert a == b, (reader, name, column, a, b)
    say(f"Stata: {len(PATHS)} tables with {labels} labels, equal to csv in pyreadstat and pandas")


def haven():
    """R reads as many texts of each column as the CSV has."""
    if not shutil.which("Rscript"):
        say("Stata, R: skipped, Rscript is not installed")
        return
    for name in PATHS:
        path = file_of(name, "stata", "dta")
        columns = [column for column, type_ in TYPES[name].items() if type_ == "string"]
        # Status 3 says that the package is missing.
        code = f"if (!requireNamespace('haven', quietly = TRUE)) quit(status = 3); d <- haven::read_dta('{path}'); "
        code += "cat(sapply(names(d), function(n) if (is.character(d[[n]])) sum(d[[n]] != '') else NA))"
        done = subprocess.run(["Rscript", "-e", code], capture_output=True, text=True)
        if done.returncode == 3:
            say("Stata, R: skipped, the package haven is not installed")
            return
        assert done.returncode == 0, (name, done.stderr)
        seen = dict(zip(TYPES[name], done.stdout.split()))
        rows = typed(name)
        for column in columns:
            assert int(seen[column]) == sum(row[column] is not None for row in rows), (name, column, seen[column])
    say(f"Stata, R: {len(PATHS)} tables have all their texts in haven")


for check in (parquet, xlsx, stata, haven):
    check()
