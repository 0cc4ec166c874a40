"""Reads linked data, the network, the descriptions for catalogues and the generated models of an export, beside its tables.

Usage: linked.py RELEASE [EARLIER], where EARLIER is the release with which RELEASE was compared."""

import csv
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import mlcroissant
import networkx
import rdflib

RELEASE = Path(sys.argv[1])
EARLIER = Path(sys.argv[2]).resolve() if len(sys.argv) > 2 else None
os.chdir(RELEASE)
DATABASE = sqlite3.connect("comity.sqlite")
RECORDS = [json.loads(line) for line in open("comity.ndjson", encoding="utf-8")]
csv.field_size_limit(10**8)


def say(what):
    print(what, flush=True)


def sql(query, *given):
    return DATABASE.execute(query, given).fetchall()


def rows_of(folder, name):
    with open(folder / "csv" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def linked():
    """SPARQL lists the events of Morocco, the themes and the sources that SQL lists."""
    graph = rdflib.Graph().parse("comity.jsonld", format="json-ld")
    prefixes = """
        PREFIX schema: <https://schema.org/> PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#> PREFIX dcterms: <http://purl.org/dc/terms/>
        PREFIX comity: <urn:comity:term:> """
    concept = next(iter(graph.query(prefixes + "SELECT ?t WHERE { ?t a skos:Concept } LIMIT 1")))[0]
    base = str(concept).split("theme:")[0]
    short = lambda node: str(node).removeprefix(base) if isinstance(node, rdflib.URIRef) else str(node)
    ask = lambda query: [tuple(map(short, row)) for row in graph.query(prefixes + query)]
    assert not any(isinstance(o, rdflib.URIRef) and " " in o for o in graph.objects())
    events = ask(f"SELECT ?e WHERE {{ ?e a schema:Event ; comity:side <{base}actor:morocco> }}")
    assert sorted(events) == sorted(sql("SELECT ref FROM event_sides WHERE side = 'actor:morocco'")) and events
    assert sorted(ask("SELECT ?t ?b WHERE { ?t skos:broader ?b }")) == sorted(
        sql("SELECT ref, broader FROM theme WHERE broader IS NOT NULL")
    )
    assert sorted(ask("SELECT ?r ?t WHERE { ?r dcterms:subject ?t }")) == sorted(
        sql("SELECT ref, theme FROM record_theme JOIN record USING (ref) WHERE retired_on IS NULL")
    )
    names = ask('SELECT ?r ?n WHERE { ?r schema:name|skos:prefLabel ?n FILTER(isIRI(?r) && lang(?n) = "ar") }')
    labels = sql("SELECT ref, text FROM name WHERE language = 'ar' AND name_type = 'label'")
    titles = [(f"source:{r['id']}", r["title"]["ar"]) for r in RECORDS if "ar" in r.get("title", {})]
    assert sorted(names) == sorted(labels + titles), "names in Arabic"
    attendees = ask("SELECT DISTINCT ?e ?a WHERE { ?e a schema:Event ; schema:attendee ?a }")
    assert sorted(attendees) == sorted(sql("SELECT DISTINCT ref, actor FROM participation WHERE took_part AND ref LIKE 'event:%'"))
    assert not sql("SELECT 1 FROM participation JOIN record USING (ref) WHERE took_part AND kind = 'event' AND status <> 'held'")
    days = ask("SELECT ?e ?d WHERE { ?e a schema:Event ; schema:startDate ?d }")
    exact = "SELECT ref, date_start_earliest FROM record WHERE kind = 'event' AND date_start_exact AND retired_on IS NULL"
    assert sorted(days) == sorted(sql(exact)) and len(days) > 100, "first days"
    typed = lambda term, kind: {str(o.datatype).rsplit("/", 1)[1] for o in graph.objects(None, rdflib.URIRef(term))} <= {kind}
    assert all(typed(f"https://schema.org/{t}Date", "XMLSchema#date") for t in ("start", "end", "founding", "dissolution"))
    assert all(typed(f"urn:comity:term:{t}", "EDTF") for t in ("begins", "ends"))
    sources = ask(
        """SELECT ?r ?s WHERE { { ?r prov:hadPrimarySource ?s } UNION { ?r prov:wasDerivedFrom ?s } UNION
        { ?r comity:contradictedBy ?s } FILTER(!STRSTARTS(STR(?r), "%ssource:")) }""" % base
    )
    # A withdrawn record asserts nothing.
    standing = [r for r in RECORDS if "retired" not in r]
    stated = {(f"{r['kind']}:{r['id']}", f"source:{s}") for r in standing for s in r.get("evidence", {})}
    assert set(sources) == stated
    primary = {source for _, source in ask("SELECT ?r ?s WHERE { ?r prov:hadPrimarySource ?s }")}
    repeats = {f"source:{r['id']}" for r in RECORDS if r["kind"] == "source" and ("relays" in r or "derived_from" in r)}
    assert not primary & repeats, primary & repeats
    own = {str(term) for triple in graph for term in triple if str(term).startswith("urn:comity:term:")}
    said = {str(term) for term in graph.subjects(rdflib.RDFS.comment)}
    assert own == said, ("terms that the document uses and does not explain, or the other way round", own ^ said)
    codebook = Path("codebook.md").read_text(encoding="utf-8")
    assert all(f"`comity:{term.rsplit(':', 1)[1]}`" in codebook for term in said)
    say(f"rdflib: {len(graph)} triples; {len(events)} events of Morocco, {len(stated)} citations, as the tables have them")


def network():
    """networkx sees the nodes and edges that the tables have."""
    graph = networkx.read_graphml("comity.graphml")
    nodes = sql("SELECT ref FROM record WHERE kind NOT IN ('source', 'theme', 'survey')")
    assert {(node,) for node in graph} == set(nodes)
    assert all(graph.nodes[ref]["title"] == title for ref, title in sql("SELECT ref, title FROM actor JOIN record USING (ref) WHERE title IS NOT NULL"))
    found = {}
    for source, target, data in graph.edges(data=True):
        found.setdefault(data["edge"], []).append((source, target))
    is_node = "NOT IN ('source', 'theme', 'survey')"
    kind = lambda column: f"substr({column}, 1, instr({column}, ':') - 1) {is_node}"
    expected = {
        "participation": "SELECT actor, ref FROM participation",
        "link": f"SELECT ref, target FROM link WHERE direction = 'stated' AND {kind('ref')} AND {kind('target')}",
        "member": "SELECT member, whole FROM side_member",
        "part-of": "SELECT ref, part_of FROM actor WHERE part_of IS NOT NULL",
        "place": f"SELECT ref, place FROM record_place WHERE {kind('ref')}",
        "seat": "SELECT ref, seat FROM actor WHERE seat IS NOT NULL",
    }
    assert set(found) == set(expected)
    for sort, query in expected.items():
        assert sorted(found[sort]) == sorted(sql(query)), sort
    assert isinstance(next(iter(graph.nodes(data="not_nato")))[1], bool)
    say(f"networkx: {graph.number_of_nodes()} nodes, " + ", ".join(f"{len(e)} {s}" for s, e in found.items()))


def models():
    """The classes that datamodel-code-generator makes of the schema of any line read every record."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["datamodel-codegen", "--input", "schema/reader/record.schema.json", "--input-file-type", "jsonschema"]
        command += ["--output", f"{folder}/comity_models.py", "--output-model-type", "pydantic_v2.BaseModel"]
        subprocess.run(command, check=True, capture_output=True, text=True)
        sys.path.insert(0, folder)
        import comity_models
        import pydantic

        reader = pydantic.TypeAdapter(comity_models.AnyRecord)
        for record in RECORDS:
            read = reader.validate_python(record)
            read = getattr(read, "root", read)
            assert type(read).__name__.lower() == record["kind"], (type(read), record["id"])
            again = json.loads(read.model_dump_json(by_alias=True, exclude_none=True, exclude_unset=True))
            assert same(again, record), (again, record)
        event = next(r for r in RECORDS if r["kind"] == "event")
        for broken in ({**event, "participants": 3}, {k: v for k, v in event.items() if k != "when"}):
            try:
                reader.validate_python(broken)
            except pydantic.ValidationError:
                continue
            raise AssertionError("the models accept a record without its fields")
    say(f"datamodel-code-generator: its models read {len(RECORDS)} records")


def same(a, b):
    """Whether two JSON values are equal, with `1` and `1.0` as one number."""
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(same, a, b))
    return a == b


def catalogues():
    dataset = mlcroissant.Dataset(jsonld="croissant.json")
    issues = dataset.metadata.ctx.issues
    assert not issues.errors, issues.report()
    rows = list(dataset.records("side_member"))
    expected = rows_of(Path("."), "side_member")
    assert len(rows) == len(expected) > 0
    assert rows[0]["side_member/whole"] == expected[0]["whole"].encode(), (rows[0], expected[0])
    say(f"mlcroissant: no errors, {len(issues.warnings)} warnings; reads side_member, {len(rows)} rows")
    done = subprocess.run(["cffconvert", "--validate", "-i", "CITATION.cff"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    bibtex = subprocess.run(["cffconvert", "-f", "bibtex", "-i", "CITATION.cff"], capture_output=True, text=True, check=True)
    meta = json.load(open("manifest.json", encoding="utf-8"))["meta"]
    citation = Path("CITATION.cff").read_text(encoding="utf-8")
    assert meta["data_version"] in citation and meta["as_of"] in citation
    say(f"cffconvert: valid; {len(bibtex.stdout)} characters of BibTeX")
    graph = rdflib.Graph().parse("dataset.jsonld", format="json-ld")
    schema, manifest = rdflib.Namespace("https://schema.org/"), json.load(open("manifest.json", encoding="utf-8"))
    hashes = {str(graph.value(file, schema.name)): str(graph.value(file, schema.sha256)) for file in graph.objects(None, schema.distribution)}
    others = {path: entry["sha256"] for path, entry in manifest["files"].items() if path not in ("dataset.jsonld", "croissant.json")}
    assert hashes == others, hashes.keys() ^ others.keys()
    dcat, dcterms = rdflib.Namespace("http://www.w3.org/ns/dcat#"), rdflib.DCTERMS
    name = graph.value(None, rdflib.RDF.type, dcat.Dataset)
    assert set(graph.objects(name, dcat.distribution)) == set(graph.objects(name, schema.distribution))
    assert graph.value(name, dcterms.title) and graph.value(name, dcterms.license) == graph.value(name, schema.license)
    linked_data = rdflib.Graph().parse("comity.jsonld", format="json-ld")
    assert (name, rdflib.RDF.type, schema.Dataset) in linked_data, "one name in both files"
    say(f"dataset.jsonld: {len(hashes)} files with their hashes")


def value(cell):
    """A CSV field as the text that the table `change` has for it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    text = str(cell)
    return re.sub("(^|;)(?='*[=+\\-@\t\r＝＋－＠])", r"\1'", text) if isinstance(cell, str) else text


def changes():
    """The rows of `change`, applied to the `record` and the `claim` of the earlier release, give those of this one, and name
    each record that differs."""
    if EARLIER is None:
        return
    old = {name: {row[key]: row for row in rows_of(EARLIER, name)} for name, key in (("record", "ref"), ("claim", "claim_id"))}
    kinds = {}
    lines = lambda folder: {(r["kind"], r["id"]): r for r in map(json.loads, (folder / "comity.ndjson").open(encoding="utf-8"))}
    earlier, now = lines(EARLIER), lines(Path("."))
    changes = rows_of(Path("."), "change")
    differ = {f"{kind}:{id}" for kind, id in earlier.keys() | now.keys() if earlier.get((kind, id)) != now.get((kind, id))}
    assert differ <= {change["ref"] for change in changes}
    for change in changes:
        if change["path"] and not change["claim_id"]:
            continue
        name, key = ("claim", change["claim_id"]) if change["claim_id"] else ("record", change["ref"])
        before, after = (json.loads(change[c]) if change[c] else {} for c in ("old", "new"))
        table = old[name]
        have = table.get(key, {})
        assert all(have[column] == value(cell) for column, cell in before.items()), (change, have)
        if change["kind"] in ("removed", "left-out"):
            del table[key]
        else:
            table[key] = {**have, **{column: value(cell) for column, cell in after.items()}}
        kinds[change["kind"]] = kinds.get(change["kind"], 0) + 1
    for name, key in (("record", "ref"), ("claim", "claim_id")):
        new = {row[key]: row for row in rows_of(Path("."), name)}
        assert old[name] == new, (name, [k for k in new if old[name].get(k) != new[k]][:3])
    assert "Compared with" in Path("CHANGES.md").read_text(encoding="utf-8")
    say(f"change: {kinds} lead from the earlier record and claim to these")


for check in (linked, network, models, catalogues, changes):
    check()
