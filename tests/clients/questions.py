"""Asks the six questions of the release's README in SQL, and answers them a second time from comity.ndjson alone.

Nothing here looks at a table: dates, sides, groups and counts are worked out again from the records and the codebook."""

import csv
import datetime
import importlib.util
import json
import os
import re
import sqlite3
import sys
from pathlib import Path

os.chdir(sys.argv[1])
RECORDS = {f"{r['kind']}:{r['id']}": r for r in map(json.loads, open("comity.ndjson", encoding="utf-8"))}
META = json.load(open("manifest.json", encoding="utf-8"))["meta"]
STANDING = {ref: r for ref, r in RECORDS.items() if "retired" not in r}
STATES = {r["country"]: ref for ref, r in sorted(RECORDS.items(), reverse=True) if r["kind"] == "actor" and r["type"] == "state"}
LOW, HIGH = "0000-00-00", "9999-99-99"
TABLE = Path(importlib.util.find_spec("country_converter").submodule_search_locations[0]) / "country_data.tsv"
ISO3 = {iso2: row["ISO3"] for row in csv.DictReader(open(TABLE, encoding="utf-8", newline=""), delimiter="\t") for iso2 in re.findall("[A-Z]{2}", row["ISO2"])}


def point(text):
    """The earliest and the latest day of an EDTF date, and whether it bears no mark of doubt."""
    sure = not re.search("[?~%]", text)
    text = re.sub("[?~%]", "", text)
    if text.startswith("["):
        first, _, last = text.strip("[]").partition("..")
        return (point(first)[0] if first else LOW, point(last)[1] if last else HIGH, sure)
    if text.endswith("X"):
        return (f"{text[:-1]}0-01-01", f"{text[:-1]}9-12-31", sure)
    if len(text) == 4:
        return (f"{text}-01-01", f"{text}-12-31", sure)
    if len(text) == 7:
        year, month = map(int, text.split("-"))
        leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
        days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return (f"{text}-01", f"{text}-{days}", sure)
    return (text, text, sure)


def period(text):
    """The first and the last day of a time from A to B."""
    first, _, last = text.partition("/")
    return (point(first), point(last or first))


def rivals(record, place):
    """What other sources have at a place about which a dispute is open; None where one denies what the record has."""
    open_ = [at for at, dispute in record.get("contested", {}).items() if dispute["outcome"] == "open" and covers(at, place)]
    about = lambda at: covers(at, place) and any(covers(at, one) or covers(one, at) for one in open_)
    found = []
    for evidence in record.get("evidence", {}).values() if open_ else []:
        if evidence["stance"] == "announces" and record.get("status") == "held":
            continue
        for at, value in evidence.get("says", {}).items():
            if about(at):
                for token in place[len(at):].split("/")[1:]:
                    value = value.get(token) if isinstance(value, dict) else None
                found.append(value)
        if evidence["stance"] == "contradicts" and any(map(about, evidence.get("supports", [place]))):
            found.append(None)
    return found or ([None] if place in open_ else [])


def disputed(record, place, first, last):
    """The first and the last day of a date, each with the days of all sources where a dispute is open."""
    either = lambda a, b: a if a == b else (min(a[0], b[0]), max(a[1], b[1]), False)
    for rival in rivals(record, place):
        other = period(rival) if isinstance(rival, str) else ((*first[:2], False), (*last[:2], False))
        first, last = either(first, other[0]), either(last, other[1])
    return first, last


def event_days(record):
    return disputed(record, "/when", *period(record["when"]))


def dated(record, step):
    """The days on which a step of a history may have been reached."""
    first, last = disputed(record, f"/history/{step}", *[point(record["history"][step])] * 2)
    return first if first == last else (min(first[0], last[0]), max(first[1], last[1]), False)


def precedes(early, late):
    return bool(early and late and early[2] and late[2] and early[1] < late[0])


def outside(early, late):
    """Whether a date lies before another, with a year more for a mark of doubt."""
    if not early or not late or early[1] >= late[0]:
        return False
    far = lambda day: datetime.date.fromisoformat(day)
    return precedes(early, late) or (far(late[0]) - far(early[1])).days > 366


def sane(first, last):
    return (None, None) if precedes(last, first) else (first, last)


def steps(history):
    """From the first to the last step, but a step that is certainly before or after. An end is sure where the first or the last
    step of the history is, too."""
    marks = [point(date) for key, date in history.items() if key != "role"]
    if not marks:
        return (None, None)
    first, last = marks[0], marks[-1]
    for mark in marks:
        first = mark if mark[1] < first[0] else first
    for mark in reversed(marks):
        last = mark if mark[0] > last[1] else last
    return ((*first[:2], first[2] and marks[0][2]), (*last[:2], last[2] and marks[-1][2]))


def body_side(ref):
    """The side of a body: the state of its country, its organisation, or itself."""
    for _ in range(16):
        actor = RECORDS[ref]
        if actor["type"] == "organisation":
            return ref
        if "part_of" not in actor:
            return STATES.get(actor["country"], "") if "country" in actor else ref
        ref = f"actor:{actor['part_of']}"
    raise AssertionError(ref)


def is_private(ref):
    """Whether a body, or the topmost body above it, comes from a country without acting for the state."""
    for _ in range(16):
        actor = RECORDS[ref]
        if actor["type"] == "organisation" or "part_of" not in actor:
            return actor["type"] in ("company", "university", "ngo", "think-tank", "media") and "country" in actor
        ref = f"actor:{actor['part_of']}"
    raise AssertionError(ref)


def side(ref, first, last):
    """The side for which an actor acts at a time, where there is one only."""
    actor = RECORDS[ref]
    if actor["type"] == "group":
        return ref
    if actor["type"] != "person":
        return None if is_private(ref) else body_side(ref) or None
    sides, private = set(), []
    for office in actor.get("offices", {}).values():
        own = sane(*(point(office[end]) if end in office else None for end in ("from", "until")))
        if outside(last, own[0]) or outside(own[1], first):
            continue
        organisation = f"actor:{office['organisation']}"
        if RECORDS[organisation]["type"] == "group":
            return None
        sides.add(body_side(organisation))
        private.append(is_private(organisation))
    return sides.pop() or None if len(sides) == 1 and not all(private) else None


def sides_of(record):
    """Each actor that takes part, or that is represented, with its side and attendance."""
    kind = record["kind"]
    if kind == "agreement":
        for party, own in record["parties"].items():
            first, last = steps(own)
            yield side(f"actor:{party}", *((first, last) if first else steps(record["history"]))), None
    elif kind == "statement":
        day = point(record["date"])
        yield side(f"actor:{record.get('for', record['speaker'])}", day, day), None
    elif kind in ("event", "activity"):
        if kind == "event":
            first, last = period(record["when"])
        else:
            first, last = steps(record["history"])
            last = last if {"completed", "cancelled"} & record["history"].keys() else None
        for actor, part in record["participants"].items():
            own = sane(*(point(part[end]) if end in part else None for end in ("from", "until")))
            time = sane(own[0] or first, own[1] or last)
            yield side(f"actor:{part.get('for', actor)}", *time), part.get("attendance")


def title(record):
    return record.get("names", {}).get("en") or record.get("position", {}).get("en")


def day(value):
    return None if value in (LOW, HIGH) else value


def when(record):
    """The first and the last day of what a record is about."""
    if record["kind"] == "event":
        return event_days(record)
    if record["kind"] == "statement":
        return (point(record["date"]), point(record["date"]))
    if record["kind"] == "agreement":
        return steps(record["history"])
    return life(record["history"])


def life(history):
    """The life of an activity: all its steps, without an end where no step is one. What only ended happened then."""
    first, last = steps(history)
    return (first, last if {"completed", "cancelled"} & history.keys() else None)


def codes(ref):
    actor = RECORDS[ref]
    if actor["type"] != "state":
        return (None, None)
    cow = actor.get("identifiers", {}).get("cow")
    return (ISO3[actor["country"]], cow and int(cow))


def events():
    for ref, record in STANDING.items():
        if record["kind"] != "event":
            continue
        first, last = event_days(record)
        sides = {side for side, came in sides_of(record) if side and came in (None, "online")}
        for one in sides:
            for theme in record.get("themes", [None]):
                yield (ref, day(first[0]), day(last[1]), record["type"], one, *codes(one), theme and f"theme:{theme}")


def timeline(subject):
    for record in STANDING.values():
        if record["kind"] in ("event", "activity", "agreement", "statement"):
            if subject in {side for side, _ in sides_of(record)}:
                first, last = when(record)
                # Nothing ends before it begins.
                if first and last:
                    first, last = (first[0], max(first[0], min(first[1], last[1])), first[2]), (max(first[0], last[0]), *last[1:])
                known = [day(first[0]), day(first[1])] if first else []
                known += [day(last[1])] if last else []
                latest = first and day(first[1]) or last and day(last[1]) or None
                if any(known):
                    yield (next(filter(None, known)), latest, written(record), record["kind"], record.get("type"), status(record), title(record))


def written(record):
    """The date of a record as written, where one date has all of it."""
    if record["kind"] in ("event", "statement"):
        return record.get("when") or record["date"]
    dates = list(record["history"].items())
    if record["kind"] == "activity" and not {"completed", "cancelled"} & record["history"].keys():
        return None
    return dates[0][1] if len(dates) == 1 else None


def status(record):
    return list(record["history"])[-1] if "history" in record else record.get("status")


def covers(above, below):
    return below == above or below.startswith(f"{above}/")


def at(record, path):
    for token in path.split("/")[1:]:
        token = token.replace("~1", "/").replace("~0", "~")
        record = record[int(token)] if isinstance(record, list) else record[token]
    return record


def facts(record):
    """The facts of a record: fields of the class `fact`, or each entry of such a field that is a map."""
    if record["kind"] in ("theme", "source") or "evidence" not in record:
        return
    schema = json.load(open(f"schema/reader/{record['kind']}.schema.json", encoding="utf-8"))["properties"]
    for field, value in record.items():
        if schema[field].get("x-class") == "fact" and field != "identifiers":
            keys = value if isinstance(value, dict) else None
            token = lambda key: key.replace("~", "~0").replace("/", "~1")
            yield from ([f"/{field}"] if keys is None else [f"/{field}/{token(key)}" for key in keys])


def origin(source):
    seen = set()
    while "derived_from" in RECORDS[f"source:{source}"] and source not in seen:
        seen.add(source)
        source = RECORDS[f"source:{source}"]["derived_from"]
    return f"source:{source}"


def dissent():
    for ref, record in RECORDS.items():
        own = list(facts(record))
        for source, evidence in record.get("evidence", {}).items():
            found = []
            for path, value in evidence.get("says", {}).items():
                fact = next((fact for fact in own if covers(fact, path)), path)
                found.append((fact, path, value))
            if evidence["stance"] == "contradicts":
                supports = evidence.get("supports")
                for fact in own:
                    if supports is None:
                        only = len(record["evidence"]) == 1
                        parts = [fact] if only and not any(covers(p, fact) for p in evidence.get("says", {})) else []
                    elif any(covers(place, fact) for place in supports):
                        parts = [fact]
                    else:
                        parts = [place for place in supports if covers(fact, place)]
                    # Who only contradicts has no value of its own.
                    found += [(fact, part, None) for part in parts]
            for fact, place, value in found:
                disputes = [c["outcome"] for p, c in sorted(record.get("contested", {}).items()) if covers(p, place) or covers(place, p)]
                preferred = 0 if disputes and disputes[0] == "preferred" else None
                text = None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                yield (ref, fact, evidence["stance"], text, f"source:{source}", origin(source), preferred)


def loose():
    early = {"proposed", "approved", "negotiated"}
    for ref, record in STANDING.items():
        planned = record["kind"] == "event" and record["status"] == "planned"
        planned |= record["kind"] in ("activity", "agreement") and record["history"].keys() <= early
        if planned:
            for last in {last and day(last[1]) for last in planned_ends(record)}:
                yield (ref, title(record), last)


def planned_ends(record):
    """The last day that each announcing source gives for what is planned; the record's where no source announces it."""
    announcing = [e for e in record["evidence"].values() if e["stance"] == "announces"]
    ends = set()
    for evidence in announcing or [None]:
        said = {} if evidence is None else evidence.get("says", {})
        only = evidence is not None and "supports" not in evidence and len(record["evidence"]) == 1
        places = [] if evidence is None else evidence.get("supports", [])
        shown = lambda place: evidence is None or any(covers(p, place) for p in places) or only and not any(covers(p, place) for p in said)
        if record["kind"] == "event":
            text = said.get("/when") or (record["when"] if shown("/when") else None)
            ends.add(period(text)[1] if text else None)
        else:
            told = {step: date for step, date in record["history"].items() if shown(f"/history/{step}")}
            told |= {place.split("/")[2]: date for place, date in said.items() if place.startswith("/history/")}
            told = {step: date for step, date in told.items() if step not in ("proposed", "approved", "negotiated", "cancelled")}
            ends.add((life if record["kind"] == "activity" else steps)(told)[1] if told else None)
    return ends


def members(group, first):
    """The sides of the members that a group certainly has on a day."""
    for member, history in RECORDS[group].get("members", {}).items():
        joined = point(history["joined"]) if "joined" in history else None
        left = next((point(history[step]) for step in ("withdrew", "expelled", "left") if step in history), None)
        if not (joined and joined[2] and joined[1] <= first[0]):
            continue
        if left and not (left[2] and first[1] < left[0]):
            continue
        yield body_side(f"actor:{member}")


def lifetime(record):
    """The years of the operation that a record is a part of, as far as they are certain."""
    for _ in range(16):
        under = record.get("under", [])
        for above in under:
            if above.startswith("operation:"):
                first, last = steps(RECORDS[above]["history"])
                begun = next(iter(RECORDS[above]["history"])) != "ended" and first[2]
                ended = "ended" in RECORDS[above]["history"] and last[2]
                return (first[0] if begun else LOW, last[1] if ended else HIGH)
        above = next((above for above in under if above.startswith("activity:")), None)
        if above is None:
            break
        record = RECORDS[above]
    return (LOW, HIGH)


def occurrences():
    """What the panels count: the columns of certain, of groups and of possible years, the years, and the sides."""
    for ref, record in STANDING.items():
        kind = record["kind"]
        if kind == "event" and record["status"] == "held":
            (first, last), columns = event_days(record), ("events_named", "events_via_group", "events_possible")
        elif kind == "activity" and {"ongoing", "completed"} & record["history"].keys():
            history = record["history"]
            first = dated(record, "ongoing" if "ongoing" in history else "completed")
            last = next((dated(record, step) for step in ("completed", "cancelled") if step in history), None)
            columns = ("activities_certain", "activities_via_group", "activities_possible")
        elif kind == "agreement" and "signed" in record["history"]:
            first = last = dated(record, "signed")
            columns = ("agreements_signed", None, None)
        else:
            continue
        year = lambda value: None if value in (LOW, HIGH) else int(value[:4])
        if kind == "activity":
            begun = year(first[1]) if first[2] else None
            ended = year(last[0]) if last and last[2] else None
            if None in (begun, ended) or ended < begun:
                ended = year(first[0])
            certain = (begun, ended) if None not in (begun, ended) and begun <= ended else None
            # Of what has no certain beginning, the year of a certain end.
            if certain is None and last and last[2] and year(last[0]) is not None and year(last[0]) == year(last[1]):
                certain = (year(last[0]), year(last[0]))
        else:
            whole = year(first[0]) is not None and year(first[0]) == year(last[1]) and first[2] and last[2]
            certain = (year(first[0]), year(first[0])) if whole else None
        possible = (year(first[0]), year(last[1]) if last else int(META["as_of"][:4]))
        if kind == "activity":
            begun, ended = map(year, lifetime(record))
            whole = possible
            if begun is not None:
                begun = min(begun, certain[0]) if certain else begun
                possible = (max(possible[0] or begun, begun), possible[1])
            if ended is not None:
                ended = max(ended, certain[1]) if certain else ended
                possible = (possible[0], min(possible[1] or ended, ended))
            possible = whole if None not in possible and possible[1] < possible[0] else possible
        sides = {}
        for one, came in sides_of(record):
            if one is None or came not in (None, "online"):
                continue
            if RECORDS[one]["type"] in ("state", "organisation", "assembly"):
                sides[one] = False
            elif RECORDS[one]["type"] == "group":
                for member in members(one, first):
                    sides.setdefault(member, True)
        yield ref, record, columns, certain, possible, sides


def searched():
    for record in RECORDS.values():
        if record["kind"] == "survey" and "queries" in record:
            first, last = period(record["period"])
            for subject in record["subjects"]:
                ref = f"actor:{subject}"
                # A search for a group counts for the group alone.
                side = ref if RECORDS[ref]["type"] == "group" else body_side(ref)
                for year in range(int(first[0][:4]), int(last[1][:4]) + 1):
                    if first[0] <= f"{year}-01-01" and f"{year}-12-31" <= min(last[1], META["as_of"]):
                        yield side, year


def panel(sides, columns):
    """The rows of a state, or of a pair of sides, for all years: whether searched, how many records, and some counts."""
    everything, frame = list(occurrences()), set(searched())
    known = [year for _, year in frame] + [year for *_, certain, _, _ in everything for year in certain or ()]
    for year in range(min(known), max(known) + 1):
        cells = {}
        for ref, record, names, certain, (start, end), own in everything:
            if not all(one in own for one in sides) or not (start or year) <= year <= (end or year):
                continue
            via_group = any(own[one] for one in sides)
            is_certain = certain is not None and certain[0] <= year <= certain[1]
            column = names[0 if is_certain and not via_group else 1 if is_certain else 2]
            if column and (is_certain or not via_group):
                cells.setdefault(column, {})[ref] = record
        is_searched = any((one, year) in frame for one in sides)
        count = lambda cell: sum(not any(above in cell and above != ref for above in r.get("under", [])) for ref, r in cell.items())
        numbers = [count(cells.get(column, {})) if is_searched else None for column in columns]
        yield (year, int(is_searched), len(set().union(*cells.values())), *numbers)


def perhaps(kind, year):
    """The records of a kind that may lie in a year."""
    for ref, record in STANDING.items():
        if record["kind"] == kind and record.get("status") != "postponed":
            first, last = when(record)
            if (not first or first[0] <= f"{year}-12-31") and (not last or last[1] >= f"{year}-01-01"):
                yield (ref,)


def same(what, found, expected, ordered=False):
    found, expected = list(found), list(expected)
    key = lambda row: tuple(str(cell) for cell in row)
    assert len(found) == len(set(found)) or what == "timeline", f"{what}: a row is there twice"
    missing = sorted(set(expected) - set(found), key=key)[:3]
    more = sorted(set(found) - set(expected), key=key)[:3]
    assert sorted(found, key=key) == sorted(expected, key=key), f"{what}: SQL lacks {missing} and has {more}"
    print(f"{what}: {len(found)} rows, as worked out from the records", flush=True)


page = Path("README.md").read_text(encoding="utf-8")
database = sqlite3.connect("comity.sqlite")
answers = [database.execute(query).fetchall() for query in re.findall(r"```sql\n(.*?)```", page, re.S)]
assert len(answers) == 6
columns = ("events_named", "activities_certain", "agreements_signed")
same("events with days, sides, codes and themes", answers[0], events())
same("Morocco and NATO, by year", answers[1], panel(("actor:morocco", "actor:nato"), columns))
same("Morocco, by year", answers[2], panel(("actor:morocco",), ("events_named", "events_via_group")))
same("timeline", answers[3], timeline("actor:morocco"))
same("dissenting claims", answers[4], dissent())
same("announced and never reported", answers[5], loose())
# The recipe of the codebook for what is perhaps in a year.
(recipe,) = re.findall("`(date_precision IS NOT NULL AND [^`]+)`", Path("codebook.md").read_text(encoding="utf-8"))
for kind, year in (("event", 2005), ("activity", 2019), ("agreement", 2016)):
    condition = recipe.replace("2019-", f"{year}-")
    query = f"SELECT ref FROM record WHERE kind = ? AND status <> 'postponed' AND retired_on IS NULL AND {condition}"
    same(f"perhaps in {year}, {kind}", database.execute(query, (kind,)).fetchall(), perhaps(kind, year))
