#!/usr/bin/env python3
"""The addresses of sources.

    addresses.py DATA               one address a line
    addresses.py DATA LINKS_JSON    Markdown: the dead ones by what lychee found, and the source of each
"""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "comment"))
import render  # noqa: E402


def addresses(data):
    """Each address with the sources that name it."""
    found = {}
    for path in sorted(pathlib.Path(data).glob("source/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        if record.get("url"):
            found.setdefault(record["url"], []).append(path.stem)
    return found


def main():
    """The command."""
    found = addresses(sys.argv[1])
    if len(sys.argv) == 2:
        print("\n".join(found))
        return
    with open(sys.argv[2], encoding="utf-8") as answers:
        said = json.load(answers)
    dead = [answer for kind in ("error_map", "timeout_map") for answers in said[kind].values() for answer in answers]
    print(f"## {len(dead)} of {len(found)} addresses do not answer\n")
    if dead:
        print("| Source | Address | Answer |\n| --- | --- | --- |")
    for answer in sorted(dead, key=lambda answer: answer["url"]):
        sources = ", ".join(render.code(source) for source in found.get(answer["url"], []))
        status = render.plain(answer["status"].get("text", ""))
        print(f"| {sources} | {render.code(answer['url'])} | {status} |")


if __name__ == "__main__":
    main()
