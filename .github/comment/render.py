#!/usr/bin/env python3
"""Makes the comment on a pull request out of what the check of the pull request left behind.

In: an archive that a stranger's workflow may have made, as `render.py ARCHIVE --commit SHA [--run URL] [--forgeable]`.
Out: Markdown on standard output, at most LIMIT bytes.

Nothing in the archive is trusted. One file of it is read, to a limit, and nothing is unpacked. The text is not filtered
but written anew: headings, tables, lists and a few tags without attributes are recognised, and everything else is text, of
which every character that GitHub could take for markup, a mention, a reference or a link is escaped.
"""

import argparse
import html
import re
import sys
import unicodedata
import zipfile

MARKER = "<!-- comity: the check of this pull request -->"
"""How the comment is found again, to be replaced."""

MEMBER = "comment.md"
READ = 512 * 1024
"""At most so many bytes of the archive are read."""

LINE = 8_000
"""At most so many characters of a line are read: time grows with their square."""

LIMIT = 60_000
"""At most so many bytes are written; GitHub takes 65,536 characters."""

NAMED = 40
"""At most so many of the parts that were cut are named."""

PAIRED = ("b", "code", "del", "em", "i", "ins", "s", "strong", "sub", "sup")
BREAK = "\u200b"


def text_of(archive):
    """The text of the one file that counts."""
    with zipfile.ZipFile(archive) as opened, opened.open(MEMBER) as member:
        read = member.read(READ + 1)
    text = read[:READ].decode("utf-8", "replace")
    return text if len(read) <= READ else text + f"\n\n**The report goes on after {READ:,} bytes, which are not read.**\n"


def visible(text):
    """Text without line ends, controls and characters that nobody can see. Breaks are removed and set anew."""
    kinds = ((c, unicodedata.category(c)) for c in text.replace(BREAK, ""))
    blank = ("\t", "Zs")
    return "".join(" " if c in blank or kind in blank else "\ufffd" if kind[0] in "CZ" else c for c, kind in kinds)


def parted(text, code=False):
    """Text with a break in what GitHub makes a mention, a reference, a link or an emoji of. GitHub searches the rendered
    text, in which a character reference is the character, so that escaping alone does not help. In code, it links only
    addresses. `src/render/markdown.rs` does the same for reports."""
    text = re.sub(r"(?i)(www)\.", rf"\1{BREAK}.", text)
    text = text.replace("@", "@" + BREAK).replace("://", f":{BREAK}//")
    if code:
        return text
    text = re.sub(r":(?=[^\s\u200b])", ":" + BREAK, text).replace("#", "#" + BREAK)
    # `GH-1`, `CVE-2020-1`, and the prefixes that a repository may define.
    text = re.sub(r"(?<=[A-Za-z])-(?=[0-9])|(?<=[A-Z])-", "-" + BREAK, text)
    # The shortest name of a commit has seven digits.
    return re.sub(r"[0-9A-Fa-f]{7,}", lambda run: BREAK.join(re.findall(".{1,6}", run[0])), text)


def entities(text):
    """Characters that begin markup, an emoji or a formula as references, which are never markup."""
    return re.sub(r"[&<>@#\\`*_~\[\]()!|$:\"']", lambda c: f"&#{ord(c[0])};", text)


def plain(text):
    """Data as data. The text may hold character references already, which count as their characters."""
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)
    return entities(parted(visible(html.unescape(text))))


def code(text):
    return f"<code>{entities(parted(visible(html.unescape(text)), code=True))}</code>"


INLINE = re.compile(
    r"<(?P<tag>" + "|".join(PAIRED) + r")>(?P<within>.*?)</(?P=tag)>"
    r"|(?<!`)(?P<ticks>`++)(?P<quoted>.+?)(?P=ticks)(?!`)"
    r"|\*\*(?P<bold>[^*]+)\*\*"
    r"|~~(?P<gone>[^~]+)~~"
    r"|(?P<line><br ?/?>)",
    re.DOTALL,
)


def inline(text):
    """The text of a line: pairs of tags, code, bold and line ends stay; all else is data."""
    written, at = [], 0
    for found in INLINE.finditer(text):
        written.append(plain(text[at : found.start()]))
        at = found.end()
        if found["line"]:
            written.append("<br>")
        elif found["tag"] == "code" or found["quoted"]:
            written.append(code(found["within"] or found["quoted"]))
        elif found["tag"]:
            written.append(f"<{found['tag']}>{inline(found['within'])}</{found['tag']}>")
        elif found["gone"]:
            written.append(f"<del>{inline(found['gone'])}</del>")
        else:
            written.append(f"<strong>{inline(found['bold'])}</strong>")
    written.append(plain(text[at:]))
    return "".join(written)


def paragraph(line):
    """A line of text that begins no list, heading or command of a bot."""
    line = inline(line.strip())
    line = re.sub(r"^([-+=])", lambda c: f"&#{ord(c[0])};", line)
    line = re.sub(r"^(\d+)([.)])", lambda c: f"{c[1]}&#{ord(c[2])};", line)
    return BREAK + line if line.startswith("/") else line


def cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]


DELIMITER = re.compile(r"\|(\s*:?-+:?\s*\|)+")


class Section:
    """A heading and what stands below it, each block a line or the lines of a table."""

    def __init__(self, heading=None):
        self.heading, self.lines, self.open = heading, [], 0

    def add(self, line):
        self.lines.append(line)

    def length(self):
        """How many lines a reader would count: neither headings and blanks nor the head of a table."""
        lines = [line.strip() for line in self.lines if line.strip() and line.strip() != (self.heading or "").strip()]
        heads = sum(1 for line in lines if DELIMITER.fullmatch(line))
        return max(0, len(lines) - 2 * heads)

    def whole(self):
        """Every fold that was opened is closed within the section, so that sections can be left out."""
        return "\n".join(self.lines + ["\n</details>\n"] * self.open) + "\n"


def sections(text):
    """The text, written anew, in sections."""
    section = Section()
    fence = None
    for line in text.replace("\r\n", "\n").split("\n"):
        line = line if len(line) <= LINE else line[:LINE] + "…"
        heading = re.fullmatch(r"(#{1,6}) +(.+)", line)
        item = re.fullmatch(r"( {0,6})[-*] +(.+)", line)
        summary = re.fullmatch(r"<summary>(.*)</summary>", line.strip())
        if fence is not None:
            if line.strip() == "```":
                # Longer than any fence within, so that nothing within ends it.
                longest = max((len(run) for run in re.findall("`+", "".join(fence))), default=0)
                ticks = "`" * max(3, longest + 1)
                section.add("\n".join(["", ticks, *fence, ticks, ""]))
                fence = None
            else:
                fence.append(visible(line))
        elif re.fullmatch(r"```[a-z]*", line.strip()):
            fence = []
        elif heading:
            yield section
            # The comment has a heading of its own.
            section = Section(f"{'#' * min(6, max(3, len(heading[1]) + 1))} {inline(heading[2])}")
            section.add(f"\n{section.heading}\n")
        elif DELIMITER.fullmatch(line.strip()):
            section.add(line.strip())
        elif line.strip().startswith("|") and line.strip().endswith("|") and len(line.strip()) > 1:
            section.add("| " + " | ".join(inline(cell) for cell in cells(line)) + " |")
        elif item:
            section.add(f"{item[1]}- {paragraph(item[2])}")
        elif line.strip() in ("<details>", "<details open>"):
            section.open += 1
            section.add("\n<details>")
        elif line.strip() == "</details>":
            if section.open:
                section.open -= 1
                section.add("\n</details>\n")
        elif summary:
            if section.open:
                section.add(f"<summary>{inline(summary[1])}</summary>\n")
        else:
            section.add(paragraph(line))
    if fence:
        section.add("\n".join(paragraph(line) for line in fence))
    yield section


def size(text):
    return len(text.encode())


def shortened(section, room):
    """As much of a section as fits, and how many of its lines do not."""
    kept = Section(section.heading)
    for line in section.lines:
        kept.open += line.count("<details>") - line.count("</details>")
        kept.add(line)
        if size(kept.whole()) > room:
            kept.lines.pop()
            kept.open -= line.count("<details>") - line.count("</details>")
            return kept.whole(), section.length() - kept.length()
    return kept.whole(), 0


def fitted(all_sections, room):
    """The sections that fit into so many bytes, and a line that names what was cut."""
    reserve = 6_000
    written, cut, left = [], [], room - reserve
    for section in all_sections:
        whole = section.whole()
        if cut or size(whole) > left:
            part, lines = shortened(section, left) if not cut else ("", section.length())
            written.append(part)
            left -= size(part)
            cut.append((section.heading, lines))
        else:
            written.append(whole)
            left -= size(whole)
    if cut:
        names = [f"- {count} lines of {heading.lstrip('# ') if heading else 'the beginning'}" for heading, count in cut if count]
        named, spent = [], 0
        for name in names[:NAMED]:
            spent += size(name) + 1
            if spent > reserve - 500:
                break
            named.append(name)
        if len(named) < len(names):
            named.append(f"- and {len(names) - len(named)} more parts")
        written.append("\n**Cut, because a comment holds no more:**\n\n" + "\n".join(named) + "\n")
    return "".join(written)


def comment(text, commit, run=None, forgeable=False):
    """The whole comment."""
    begin = [MARKER, f"### The records of <code>{commit[:12]}</code>", ""]
    if forgeable:
        begin += [
            "> [!WARNING]",
            "> This pull request changes files in `.github/`, so that it may have written what stands below itself. "
            "Read the change before you believe it.",
            "",
        ]
    if run:
        begin += [f"Annotations and the whole report: [the run]({run}).", ""]
    head = "\n".join(begin) + "\n"
    body = fitted(list(sections(text)), LIMIT - size(head))
    return head + re.sub(r"\n{3,}", "\n\n", body)


def main():
    """The command."""
    arguments = argparse.ArgumentParser(description="The comment on a pull request, from an archive nobody trusts")
    arguments.add_argument("archive")
    arguments.add_argument("--commit", required=True, help="the commit that was checked")
    arguments.add_argument("--run", help="the address of the run")
    arguments.add_argument("--forgeable", action="store_true", help="the change may have written the archive itself")
    given = arguments.parse_args()
    if not re.fullmatch(r"[0-9a-f]{40}([0-9a-f]{24})?", given.commit):
        arguments.error("a commit is named by its whole hash")
    try:
        text = text_of(given.archive)
    except (OSError, KeyError, EOFError, NotImplementedError, RuntimeError, zipfile.BadZipFile, zipfile.zlib.error):
        sys.exit(f"error: the archive holds no {MEMBER} that can be read")
    sys.stdout.buffer.write(comment(text, given.commit, given.run, given.forgeable).encode())


if __name__ == "__main__":
    main()
