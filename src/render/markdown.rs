//! For a pull request or a step summary: a table a file, in GitHub's Markdown.

use std::fmt::Write as _;

use super::visible;
use crate::report::{Diagnostic, Report};

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let summary = &report.summary;
    let mut out = format!(
        "**{} records checked against {} rules: {} errors, {} warnings, {} notes.**\n",
        summary.records, summary.rules, summary.errors, summary.warnings, summary.notes
    );
    for diagnostics in report.diagnostics.chunk_by(|a, b| a.location.path == b.location.path) {
        let _ = write!(
            out,
            "\n#### {}\n\n| Line | Rule | What is wrong |\n| ---: | --- | --- |\n",
            code(&diagnostics[0].location.path)
        );
        diagnostics.iter().for_each(|diagnostic| row(diagnostic, &mut out));
    }
    for (path, reason) in &summary.skipped {
        let _ = write!(out, "\nNot checked to the end: {} ({reason}).\n", code(path));
    }
    out
}

fn row(diagnostic: &Diagnostic, out: &mut String) {
    let line = diagnostic.location.quoted.map_or_else(String::new, |quoted| quoted.start.line.to_string());
    let help = diagnostic.help.as_ref().map_or_else(String::new, |help| format!("<br>{}", plain(help)));
    let (severity, rule) = (diagnostic.severity, diagnostic.rule.code);
    let _ = writeln!(out, "| {line} | {severity} `{rule}` | {}{help} |", plain(&diagnostic.message));
}

/// Text from data as text: no markup, no links, no mention of anybody; what we put into backticks stays code.
fn plain(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return quiet(text);
    }
    let part = |(index, part): (usize, &&str)| if index % 2 == 1 { code(part) } else { quiet(part) };
    parts.iter().enumerate().map(part).collect()
}

/// Text in which a zero-width break keeps an `@name` from calling somebody.
fn quiet(text: &str) -> String {
    escape(text).replace('@', "@\u{200b}")
}

/// Text as code, in which nobody is called: in HTML, because a backtick or a bar inside would end Markdown's.
fn code(text: &str) -> String {
    format!("<code>{}</code>", escape(text))
}

/// Text as it is, wherever Markdown is read; that is also between our own marks.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '#' | '!' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_data_stays_text() {
        assert_eq!(plain("see [x](http://y) @me <img>"), "see \\[x\\]\\(http://y\\) @\u{200b}me &lt;img&gt;");
        assert_eq!(plain("the field `a|b` is"), "the field <code>a\\|b</code> is");
        assert_eq!(plain("one ` alone"), "one \\` alone");
        assert_eq!(plain("`$a$` by `@me`"), "<code>\\$a\\$</code> by <code>@me</code>");
        assert_eq!(code("`a`"), "<code>\\`a\\`</code>");
    }
}
