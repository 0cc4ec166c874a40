//! For a pull request or a step summary: a table a file, in GitHub's Markdown.

use std::fmt::Write as _;
use std::io;

use super::visible;
use crate::report::{Diagnostic, Report};

/// The report as Markdown.
pub fn markdown(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let summary = &report.summary;
    writeln!(
        out,
        "**{} records checked against {} rules: {} errors, {} warnings, {} notes.**",
        summary.records, summary.rules, summary.errors, summary.warnings, summary.notes
    )?;
    for diagnostics in report.diagnostics.chunk_by(|a, b| a.location.path == b.location.path) {
        let path = code(&diagnostics[0].location.path);
        writeln!(out, "\n#### {path}\n\n| Line | Rule | What is wrong |\n| ---: | --- | --- |")?;
        diagnostics.iter().try_for_each(|diagnostic| row(diagnostic, out))?;
    }
    for (path, reason) in &summary.skipped {
        writeln!(out, "\nNot checked to the end: {} ({reason}).", code(path))?;
    }
    Ok(())
}

fn row(diagnostic: &Diagnostic, out: &mut dyn io::Write) -> io::Result<()> {
    let line = diagnostic.location.quoted.map_or_else(String::new, |quoted| quoted.start.line.to_string());
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", plain(help)));
    let (severity, rule) = (diagnostic.severity, diagnostic.rule.code);
    writeln!(out, "| {line} | {severity} `{rule}` | {}{help} |", plain(&diagnostic.message))
}

/// Text from data as text: no markup, no links, no mention of anybody; what we put into backticks stays code.
fn plain(text: &str) -> String {
    let text = visible(text);
    let parts: Vec<&str> = text.split('`').collect();
    let balanced = parts.len() % 2 == 1;
    let part = |(index, part): (usize, &&str)| if balanced && index % 2 == 1 { code(part) } else { escape(part) };
    parts.iter().enumerate().map(part).collect::<Vec<_>>().join(if balanced { "" } else { "&#96;" })
}

/// Text in which nothing is markup, no address becomes a link, and nobody is called. References to characters are no
/// markup whatever stands around them, which a backslash is not everywhere.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        entity(c, &mut out);
        // A zero-width break: names and numbers of issues are looked for in what the reader sees.
        if matches!(c, '@' | '#') {
            out.push('\u{200b}');
        }
    }
    out
}

/// Text as code: in HTML, because a backtick or a bar inside would end Markdown's. Markup counts in it all the same.
fn code(text: &str) -> String {
    let mut out = "<code>".to_owned();
    visible(text).chars().for_each(|c| entity(c, &mut out));
    out + "</code>"
}

fn entity(c: char, out: &mut String) {
    // Only with these does something begin; a dot or a colon makes an address of what stands around it.
    if matches!(
        c,
        '&' | '<' | '>' | '@' | '#' | '\\' | '`' | '*' | '_' | '~' | '[' | ']' | '(' | ')' | '!' | '|' | '$' | ':'
    ) || c == '.' && out.ends_with(['w', 'W'])
    {
        let _ = write!(out, "&#{};", u32::from(c));
    } else {
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_data_stays_text() {
        assert_eq!(plain("an *x* @me"), "an &#42;x&#42; &#64;\u{200b}me");
        assert_eq!(plain("https://www.x.org"), "https&#58;//www&#46;x.org");
        assert_eq!(plain("the field `a|b` is"), "the field <code>a&#124;b</code> is");
        assert_eq!(plain("one ` alone"), "one &#96; alone");
        assert_eq!(plain("`$a$` by `@me`"), "<code>&#36;a&#36;</code> by <code>&#64;me</code>");
        assert_eq!(code("`a`"), "<code>&#96;a&#96;</code>");
    }
}
