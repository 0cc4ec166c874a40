//! One cause that runs through a whole text which is not JSON: other faults follow from it. Used only once a fault is certain.

use super::guess::{ends_text, line};
use super::{Fault, FaultKind, LinePrefix};
use crate::pointer::Span;

/// The cause of all faults of a text, where there is one.
pub(super) fn cause(text: &str) -> Option<Fault> {
    let first = || text.len() - text.trim_start().len();
    let first_line =
        |what: FaultKind| Fault { what, span: Span::new(first(), first() + line(text.trim_start()).len()) };
    if text.bytes().take(4).any(|byte| byte == 0) {
        return Some(Fault { what: FaultKind::Utf16, span: Span::new(0, 0) });
    }
    if let Some(span) = merge_conflict(text) {
        return Some(Fault { what: FaultKind::MergeConflict, span });
    }
    let prefix = line_prefix(text).map(FaultKind::LinePrefix);
    prefix.or_else(|| is_yaml(text).then_some(FaultKind::Yaml)).map(first_line)
}

/// The span of the first marker that git left, where it could not merge two versions of a text.
pub(super) fn merge_conflict(text: &str) -> Option<Span> {
    let begins = |marker: &str| {
        let at = if text.starts_with(marker) { Some(0) } else { text.find(&format!("\n{marker}")).map(|at| at + 1) };
        at.filter(|at| text[at + marker.len()..].starts_with([' ', '\n', '\r']))
    };
    let start = begins("<<<<<<<")?;
    (begins("=======").is_some() || begins(">>>>>>>").is_some())
        .then(|| Span::new(start, start + line(&text[start..]).len()))
}

/// What stands before each line, where all lines begin alike.
fn line_prefix(text: &str) -> Option<LinePrefix> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let number = |line: &str| {
        let line = line.trim_start();
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let is_apart = line[digits..].starts_with([' ', '\t', '|', ':', '.', ')']) || digits == line.len();
        line[..digits].parse::<usize>().ok().filter(|_| is_apart)
    };
    let numbers: Option<Vec<usize>> = lines.iter().map(|line| number(line)).collect();
    let is_counted = numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1]));
    let all_begin = |mark: char| lines.iter().all(|line| line.trim_start().starts_with(mark));
    match lines.len() {
        0 | 1 => None,
        _ if all_begin('>') => Some(LinePrefix::Quote),
        _ if all_begin('+') => Some(LinePrefix::Added),
        _ => is_counted.then_some(LinePrefix::Number),
    }
}

/// Whether a text is written in YAML: it begins with `---` or with a bare name and a colon, and has several such names at the
/// beginnings of its lines.
fn is_yaml(text: &str) -> bool {
    let is_entry = |line: &&str| {
        let name = line.split_once(':').map(|(name, rest)| (name, rest.is_empty() || rest.starts_with(' ')));
        name.is_some_and(|(name, ends)| {
            ends && !name.is_empty()
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        })
    };
    let mut lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with(['#', ' '])).peekable();
    let begins = lines.next_if(|line| line.trim_end() == "---").is_some() || lines.peek().is_some_and(is_entry);
    // A bracket, or a comma behind each value, shows JSON without its marks.
    let is_json = text.lines().any(|line| line.trim_end().ends_with([',', '{']));
    begins && !is_json && lines.filter(is_entry).count() > 1
}

/// The marks that a program doubled, as in a table, where `""` stands around the name of an entry; none where it does not.
pub(super) fn doubled_quotes(text: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices('"') {
        match runs.last_mut() {
            Some(run) if run.end as usize == at => *run = Span::new(run.start as usize, at + 1),
            _ => runs.push(Span::new(at, at + 1)),
        }
    }
    let length = |run: &Span| run.end - run.start;
    let inside = |pair: &[Span]| &text[pair[0].end as usize..pair[1].start as usize];
    let is_doubled = |pair: &[Span]| {
        let is_one_text = !inside(pair).contains('\n') && inside(pair).contains(char::is_alphanumeric);
        pair.iter().all(|run| length(run) == 2) && is_one_text && ends_text(line(&text[pair[1].end as usize..]))
    };
    let is_name = |pair: &&[Span]| is_doubled(pair) && text[pair[1].end as usize..].trim_start().starts_with(':');
    if runs.windows(2).find(is_name).is_none() {
        return Vec::new();
    }
    // A table doubles every mark of a text, and puts a mark around the text.
    let is_around = |run: &&Span| length(run) == 1;
    let (around, doubled): (Vec<Span>, Vec<Span>) = runs.iter().partition(is_around);
    if doubled.iter().all(|run| length(run) % 2 == 0) && matches!(around.len(), 0 | 2) {
        return runs;
    }
    let mut found: Vec<Span> = runs.windows(2).filter(|pair| is_doubled(pair)).flatten().copied().collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_cause_is_found_for_a_whole_text() {
        let what = |text: &str| cause(text).map(|fault| fault.what);
        for (text, expected) in [
            ("> {\n>   \"type\": \"visit\"\n> }\n", Some(FaultKind::LinePrefix(LinePrefix::Quote))),
            ("+{\n+  \"type\": \"visit\"\n+}\n", Some(FaultKind::LinePrefix(LinePrefix::Added))),
            (" 1\t{\n 2\t  \"type\": \"visit\"\n 3\t}\n", Some(FaultKind::LinePrefix(LinePrefix::Number))),
            ("names:\n  en: A visit\ntype: visit\n", Some(FaultKind::Yaml)),
            ("---\ntype: visit\nwhen: 2024-06-18\n", Some(FaultKind::Yaml)),
            ("type: \"visit\",\nwhen: \"2024-06-18\"\n", None),
            ("{\u{0}\n\u{0}", Some(FaultKind::Utf16)),
            ("no record\nat all\n", None),
            ("> {\n", None),
        ] {
            assert_eq!(what(text), expected, "{text}");
        }
    }

    #[test]
    fn doubled_marks_are_told_from_empty_texts() {
        let found = |text: &str| doubled_quotes(text).iter().map(|span| (span.start, span.end)).collect::<Vec<_>>();
        assert_eq!(found(r#"{ ""a"": ""b"" }"#), [(2, 4), (5, 7), (9, 11), (12, 14)]);
        assert_eq!(found(r#""{ ""a"": """" }""#), [(0, 1), (3, 5), (6, 8), (10, 14), (16, 17)]);
        assert_eq!(found("{ \"x\": \"y\",\n \"\"a\"\": 1 }").len(), 2);
        assert_eq!(found(r#"{ "a": "", "b": "" }"#), []);
    }
}
