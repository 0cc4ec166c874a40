"""Reads an export with several programs, and compares what they see."""

import csv
import hashlib
import importlib.util
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from datetime import date as day_of
from datetime import timedelta
from pathlib import Path

import duckdb
import mlcroissant
import networkx
import pandas
import polars
import rdflib

REPOSITORY = Path(__file__).resolve().parents[2]
RELEASE = Path(sys.argv[1])
STATS = json.loads(sys.argv[2])
os.chdir(RELEASE)
PACKAGE = json.load(open("datapackage.json", encoding="utf-8"))
TYPES = {r["name"]: {f["name"]: f["type"] for f in r["schema"]["fields"]} for r in PACKAGE["resources"]}
PATHS = {r["name"]: r["path"] for r in PACKAGE["resources"]}
DATABASE = sqlite3.connect("comity.sqlite")


def say(what):
    print(what, flush=True)


def rows_of(name):
    with open(PATHS[name], encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def value(text, type_):
    """What a CSV field says, by the type that the data package gives."""
    if text == "":
        return None
    if type_ == "boolean":
        return {"true": 1, "false": 0}[text]
    if type_ in ("integer", "number"):
        return float(text)
    if type_ == "string" and text[0] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r"):
        return text[1:]
    return text


def hashes():
    lines = Path("SHA256SUMS").read_text().splitlines()
    for line in lines:
        digest, path = line.split("  ", 1)
        assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == digest, path
    found = {p.as_posix() for p in Path(".").rglob("*") if p.is_file()}
    assert found == {line.split("  ", 1)[1] for line in lines} | {"SHA256SUMS"}, found
    say(f"SHA256SUMS: {len(lines)} files")


def tables():
    """Every table has the same rows and values for csv, SQLite, pandas, polars and DuckDB."""
    total = 0
    for name, path in PATHS.items():
        rows, types = rows_of(name), TYPES[name]
        total += len(rows)
        columns = list(types)
        key = next(r["schema"]["primaryKey"] for r in PACKAGE["resources"] if r["name"] == name)
        mine = sorted((tuple(value(row[c], types[c]) for c in columns) for row in rows), key=repr)
        query = ", ".join(f'"{c}"' for c in columns)
        theirs = DATABASE.execute(f'SELECT {query} FROM "{name}"').fetchall()
        plain = lambda v, t: float(v) if v is not None and t in ("integer", "number") else v
        theirs = sorted((tuple(plain(v, types[c]) for v, c in zip(row, columns)) for row in theirs), key=repr)
        assert mine == theirs, f"{name}: CSV and SQLite differ"
        assert len({tuple(row[c] for c in key) for row in rows}) == len(rows), f"{name}: the key is not unique"
        if not rows:
            continue
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        assert frame.to_dict("records") == rows, f"{name}: pandas"
        frame = polars.read_csv(path, infer_schema_length=0).fill_null("")
        assert frame.to_dicts() == rows, f"{name}: polars"
        seen = duckdb.sql(f"SELECT * FROM read_csv('{path}', all_varchar=true, header=true, quote='\"', escape='\"')")
        assert seen.columns == columns, f"{name}: DuckDB has other columns"
        blank = lambda row: tuple("" if v is None else v for v in row)
        assert [blank(row) for row in seen.fetchall()] == [tuple(row.values()) for row in rows], f"{name}: DuckDB"
        for column, type_ in types.items():
            if type_ == "date":
                pandas.to_datetime(pandas.Series([r[column] for r in rows if r[column]]), format="%Y-%m-%d")
    say(f"{len(PATHS)} tables, {total} rows: equal in csv, SQLite, pandas, polars and DuckDB")


def relations():
    assert DATABASE.execute("PRAGMA foreign_key_check").fetchall() == []
    assert DATABASE.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (keys,) = DATABASE.execute(
        "SELECT count(*) FROM sqlite_schema t, pragma_foreign_key_list(t.name) WHERE t.type = 'table'"
    ).fetchone()
    declared = sum(len(r["schema"]["foreignKeys"]) for r in PACKAGE["resources"])
    assert keys == declared > 30, (keys, declared)
    say(f"foreign keys: {keys} hold")


def counts():
    manifest = json.load(open("manifest.json", encoding="utf-8"))
    records = json.load(open("comity.json", encoding="utf-8"))["records"]
    lines = [json.loads(line) for line in open("comity.ndjson", encoding="utf-8")]
    total = sum(map(len, records.values()))
    assert total == len(lines) == manifest["rows"]["record"] == sum(manifest["meta"]["records"].values())
    one = lambda sql, *given: DATABASE.execute(sql, given).fetchone()[0]
    assert one("SELECT count(*) FROM record") == total
    standing = "claim JOIN record USING (ref) WHERE retired_on IS NULL AND is_fact"
    facts = one(f"SELECT count(*) FROM (SELECT DISTINCT ref, path FROM {standing})")
    assert facts == STATS["facts"], (facts, STATS["facts"])
    shown = one(f"SELECT count(*) FROM (SELECT DISTINCT ref, path FROM {standing} AND agrees)")
    assert shown == STATS["evidenced"], (shown, STATS["evidenced"])
    withdrawn, exact = one("SELECT count(*) FROM record WHERE retired_on IS NOT NULL"), "kind = 'event' AND date_start_exact"
    assert (withdrawn, total - withdrawn) == (STATS["withdrawn"], STATS["records"])
    assert one(f"SELECT count(*) FROM record WHERE retired_on IS NULL AND {exact}") == STATS["exact_events"]
    evidence = [e for r in lines for e in r.get("evidence", {}).values()]
    # A source dissents with a value of its own, or by contradicting what the record has.
    says = sum(len(e.get("says", {})) for e in evidence)
    says += sum(len(e.get("supports", [])) for e in evidence if e["stance"] == "contradicts")
    assert one("SELECT count(*) FROM claim WHERE source IS NOT NULL AND claim_id LIKE '%!%'") == says
    say(f"{total} records; {facts} facts, {shown} shown, as `comity stats` has them; {says} dissenting claims")


def search():
    found = [ref for (ref,) in DATABASE.execute("SELECT ref FROM record_text WHERE record_text MATCH 'Rabat'")]
    assert "place:rabat" in found, found
    say(f"full text: {len(found)} records with Rabat")


def questions():
    """Each answer of one statement beside a second computation over the JSON."""
    records = {
        f"{kind}:{r['id']}": r
        for kind, all_ in json.load(open("comity.json", encoding="utf-8"))["records"].items()
        for r in all_
    }
    sql = lambda query: DATABASE.execute(query).fetchall()
    # What was announced and never reported: planned events, and what was only proposed or approved.
    planned = {ref for ref, r in records.items() if ref.startswith("event:") and r["status"] == "planned"}
    early = {"proposed", "approved", "negotiated"}
    planned |= {
        ref
        for ref, r in records.items()
        if ref.startswith(("activity:", "agreement:")) and set(r["history"]) <= early
    }
    planned -= {ref for ref, r in records.items() if "retired" in r}
    assert {ref for (ref,) in sql("SELECT ref FROM plan WHERE outcome = 'none-recorded'")} == planned
    # Where sources dissent.
    open_ = {(ref, path) for ref, r in records.items() for path in r.get("contested", {})}
    assert set(sql("SELECT ref, path FROM contested")) == open_
    # Events with dates and themes.
    themes = {(ref, f"theme:{t}") for ref, r in records.items() for t in r.get("themes", [])}
    assert set(sql("SELECT ref, theme FROM record_theme")) == themes
    # Morocco's timeline: every event that names Morocco, its bodies, or who holds an office of them.
    private = ("company", "university", "ngo", "think-tank", "media")
    bodies = {ref[6:] for ref, r in records.items() if ref.startswith("actor:") and r.get("country") == "MA" and r["type"] not in private}
    named = {
        ref
        for ref, r in records.items()
        if ref.startswith("event:") and any(p.get("for", a) in bodies for a, p in r["participants"].items())
    }
    timeline = {ref for (ref,) in sql("SELECT ref FROM timeline WHERE side = 'actor:morocco' AND kind = 'event'")}
    assert named <= timeline, named - timeline
    # Both directions of a pair, and a year that nobody searched is empty.
    pairs = "SELECT a.year FROM dyad_year a JOIN dyad_year b ON a.side_a = b.side_b AND a.side_b = b.side_a AND a.year = b.year"
    assert len(sql(pairs)) == len(sql("SELECT 1 FROM dyad_year"))
    assert sql("SELECT 1 FROM dyad_year WHERE NOT searched AND events_named IS NOT NULL LIMIT 1") == []
    assert sql("SELECT 1 FROM state_year WHERE searched AND events_named IS NULL LIMIT 1") == []
    asked = re.findall(r"^([^\n]+):\n\n```sql\n(.*?)```", Path("README.md").read_text(encoding="utf-8"), re.M | re.S)
    answers = {what: sql(query) for what, query in asked}
    assert len(answers) == 6 and all(answers.values()), {what: len(found) for what, found in answers.items()}
    events, dyad, state, line, dissent, loose = answers.values()
    held = {ref for ref, r in records.items() if ref.startswith("event:") and "retired" not in r}
    assert {row[0] for row in events} <= held and {(row[0], row[7]) for row in events if row[7]} <= themes
    contradicted = sum(len(e.get("says", {})) for r in records.values() for e in r.get("evidence", {}).values())
    denied = sum(e["stance"] == "contradicts" for r in records.values() for e in r.get("evidence", {}).values())
    assert contradicted <= len(dissent) <= contradicted + 50 * denied, (len(dissent), contradicted, denied)
    assert {row[0] for row in loose} == planned
    assert len(dyad) == len(state) == len({row[0] for row in dyad}), "one row a year"
    # Events of Morocco that certainly lie in a year, from the CSV alone: the panel knows at least these.
    came = {
        row["ref"]
        for row in rows_of("participation")
        if row["side"] == "actor:morocco" and row["side_basis"] != "country" and row["attendance"] in ("", "online") and row["ref"] in held
    }
    dates = {row["ref"]: row for row in rows_of("record") if row["ref"] in came and row["status"] == "held"}
    for year, searched, known, *_ in state:
        inside = [
            ref
            for ref, row in dates.items()
            if row["date_start_earliest"] >= f"{year}-01-01" and "" < row["date_end_latest"] <= f"{year}-12-31"
        ]
        assert len(inside) <= known, (year, inside, known)
    assert [row[0] for row in line] == sorted(row[0] for row in line)
    for what, found in answers.items():
        say(f"{what}: {len(found)} rows")
    say(f"questions: {len(planned)} loose plans, {len(timeline)} events of Morocco ({len(named)} name a body of Morocco)")


def views():
    """What the views call certain, from the CSV alone."""
    some = [row for row in rows_of("participation") if row["ref"][:6] == "event:" and row["side"]]
    certain = {(row["ref"], row["side"]) for row in some if row["side_basis"] not in ("office-possible", "country") and row["attendance"] in ("", "online")}
    found = DATABASE.execute("SELECT ref, side FROM event_sides WHERE side_certain").fetchall()
    retired = {row["ref"] for row in rows_of("record") if row["retired_on"]}
    assert sorted(found) == sorted(pair for pair in certain if pair[0] not in retired)
    sure = lambda row, end: row[f"{end}_uncertain"] == row[f"{end}_approximate"] == "false"
    later = lambda day, days: (day_of.fromisoformat(day) + timedelta(days)).isoformat()
    doubt = lambda row, end: 0 if sure(row, end) else 366
    first = lambda row: later(row["joined_start_latest"], doubt(row, "joined"))
    last = lambda row: later(row["left_start_earliest"], -1 - doubt(row, "left")) if row["left_precision"] else "9999-12-31"
    dated = lambda row: row["joined_start_latest"] and (row["left_start_earliest"] or not row["left_precision"])
    members = [row for row in rows_of("side_member") if row["basis"] == "accession" and dated(row)]
    members = {(row["whole"], row["member"], first(row), last(row)) for row in members}
    found = set(DATABASE.execute("SELECT whole, member, first_day, last_day FROM members_at"))
    assert {member for member in members if member[2] <= member[3]} == found


def settled():
    """A place in `contested` has the claims that the README says, and each claim that is marked is one of them."""
    rule = "coalesce(c.part, c.path) = d.path OR coalesce(c.part, c.path) LIKE d.path || '/%' OR d.path LIKE coalesce(c.part, c.path) || '/%'"
    found = DATABASE.execute(f"SELECT DISTINCT c.claim_id FROM contested d JOIN claim c ON c.ref = d.ref AND ({rule})").fetchall()
    marked = DATABASE.execute("SELECT claim_id FROM claim WHERE contested").fetchall()
    assert sorted(found) == sorted(marked), set(found) ^ set(marked)
    twice = "SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT * FROM loose_ends)) FROM loose_ends"
    assert DATABASE.execute(twice).fetchone() == (0,)
    nowhere = "SELECT ref, iso3 FROM participation WHERE iso3 IS NOT NULL AND side IS NULL"
    assert DATABASE.execute(nowhere).fetchall() == [], "a state has no record"
    say(f"contested: {len(marked)} claims, as the README says")


def readme():
    """Every line of code in the table "if you use … take …"."""
    page = Path("README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\| ([^|]+) \| [^|]+ \| `(.+)` \|$", page, re.M)
    lines = {who: code for who, code in lines}
    python = {"pandas": {"pandas": pandas}, "polars": {"polars": polars}, "DuckDB": {"duckdb": duckdb}, "a program": {"json": json}}
    for who in ("pandas", "polars", "DuckDB"):
        python[f"{who}, with types"] = python[who]
    want = len(rows_of("participation"))
    for who, names in python.items():
        found = eval(lines.pop(who), names)  # The page is our own.
        size = sum(map(len, found.values())) if who == "a program" else found.shape[0]
        assert size == (want if who != "a program" else len(rows_of("record"))), (who, size)
        say(f"README, {who}: {size} rows")
    commands = {"SQL": "sqlite3", "Frictionless": "frictionless", "Datasette": "datasette"}
    for who, program in commands.items():
        code = lines.pop(who)
        if not shutil.which(program):
            say(f"README, {who}: skipped, {program} is not installed")
            continue
        if who == "Datasette":
            code += " --get '/comity/participation.json?_facet=side&_facet_date=date_start_earliest&_size=0&_shape=objects'"
        done = subprocess.run(code, shell=True, capture_output=True, text=True)
        assert done.returncode == 0, (who, done.stdout[-3000:], done.stderr[-3000:])
        if who == "Datasette":
            facets = json.loads(done.stdout)["facet_results"]
            facets = facets.get("results", facets)
            days = [row["value"] for row in facets["date_start_earliest"]["results"]]
            assert days and all(re.fullmatch(r"(1[89]|2[01])\d\d-\d\d-\d\d", day) for day in days), days
            assert "actor:morocco" in [row["value"] for row in facets["side"]["results"]]
        if who == "SQL":
            assert "place:rabat" in done.stdout
        say(f"README, {who}: {program} runs")
    events = len([r for r in rows_of("record") if r["kind"] == "event"])
    others = {
        "SPARQL": ({"rdflib": rdflib}, lambda found: len(found) == events),
        "a program for networks": ({"networkx": networkx}, lambda found: found.number_of_nodes() > events),
        "machine learning": ({"mlcroissant": mlcroissant}, lambda found: len(found) == want),
        "the release before": ({"pandas": pandas}, lambda found: len(found) == len(rows_of("change"))),
    }
    for who, (names, holds) in others.items():
        assert holds(eval(lines.pop(who), names)), who
        say(f"README, {who}: runs")
    for who in ("typed models in Python", "a catalogue"):
        release = os.getcwd()
        with tempfile.TemporaryDirectory() as folder:
            for name in ("schema", "CITATION.cff"):
                os.symlink(f"{release}/{name}", f"{folder}/{name}")
            done = subprocess.run(lines.pop(who), shell=True, capture_output=True, text=True, cwd=folder)
            assert done.returncode == 0, (who, done.stdout[-3000:], done.stderr[-3000:])
            say(f"README, {who}: runs")
    # These lines stand in programs that other steps of `run` and of the tests in Rust compile and run.
    programs = {"TypeScript": "tests/clients/types/right.ts", "Rust": "examples/timeline.rs"}
    for who, program in programs.items():
        assert lines.pop(who) in (REPOSITORY / program).read_text(encoding="utf-8"), who
    # Stata itself is not free; formats.py opens the file that the line names.
    assert Path(lines.pop("Stata").removeprefix("use ")).is_file()
    code = lines.pop("R")
    if shutil.which("Rscript"):
        done = subprocess.run(["Rscript", "-e", f"cat(nrow({code}))"], capture_output=True, text=True)
        assert int(done.stdout) == want, done
        say("README, R: runs")
    else:
        say("README, R: skipped, Rscript is not installed")
    assert not lines, f"lines that nobody ran: {lines}"


def codes():
    """The Gleditsch-Ward numbers of states are those of an independent table."""
    folder = importlib.util.find_spec("country_converter").submodule_search_locations[0]
    with open(Path(folder) / "country_data.tsv", encoding="utf-8", newline="") as file:
        numbers = {row["ISO3"]: row["GWcode"] for row in csv.DictReader(file, delimiter="\t")}
    # The table has the number of Czechoslovakia.
    numbers["CZE"] = "316"
    states = [row for row in rows_of("actor") if row["type"] == "state"]
    for row in states:
        assert row["gw"] == numbers[row["iso3"]], (row["ref"], row["gw"], numbers[row["iso3"]])
    assert len(states) > 50, len(states)
    say(f"Gleditsch and Ward: the numbers of {len(states)} states")


for check in (hashes, tables, relations, counts, search, questions, views, settled, codes, readme):
    check()
