//! What stands around a record and is no part of the record: the marks of a code block, and prose, as they come with a record
//! that is copied from a page or a conversation.

use super::super::layout::Gap;
use super::Parser;
use crate::document::{Fault, FaultKind, guess_whole};

impl Parser<'_> {
    /// Steps over what stands before the record, if the record begins further below.
    #[cold]
    pub(super) fn before_record(&mut self) {
        let Some(length) = before_record(&self.text[self.at..]) else { return };
        self.note_other_text(length);
        self.gap(Gap::None);
    }

    /// Steps over what stands behind the record, unless it may be another record, or a part of this one.
    #[cold]
    pub(super) fn behind_record(&mut self) {
        let rest = self.text[self.at..].trim_end();
        if is_no_record(rest) {
            self.note_other_text(rest.len());
            self.gap(Gap::Line(0));
        }
    }

    /// Says why the parse ended. Where one cause runs through the text, all other faults follow from it.
    #[cold]
    pub(super) fn explain(&mut self, fatal: Fault) {
        let doubled = guess_whole::doubled_quotes(self.text);
        if let Some(cause) = guess_whole::cause(self.text) {
            self.faults = vec![cause];
        } else if doubled.is_empty() {
            self.end_with(fatal);
        } else {
            self.faults = doubled.into_iter().map(|span| Fault { what: FaultKind::DoubledQuotes, span }).collect();
        }
    }

    fn note_other_text(&mut self, length: usize) {
        let start = self.at;
        let text = self.text[start..start + length].trim_end();
        self.at += text.len();
        self.note(if is_fence(text) { FaultKind::CodeFence } else { FaultKind::OtherText }, start);
    }
}

/// The length in bytes of what stands before the record: the lines before the first one that begins with `{`; or the words
/// before the first `{`. `None` where the record may have begun without `{`: with a name, or with a mark.
fn before_record(rest: &str) -> Option<usize> {
    let rest = &rest[..rest.floor_char_boundary(rest.len().min(1 << 12))];
    let words = &rest[..rest.find('{')?];
    let is_name = |line: &str| line.split_once(':').is_some_and(|(name, _)| !name.trim().contains(char::is_whitespace));
    // The names of a record in another notation, such as YAML: a line that introduces the record is none of several.
    let has_names = || {
        let before = words.trim_end().lines().next_back().is_some_and(|line| line.ends_with(':') && is_name(line));
        before || words.lines().filter(|line| is_name(line)).count() > 1
    };
    if is_fence(words) {
        return Some(words.len());
    }
    if is_chat_head(words) {
        return Some(words.len());
    }
    if rest.starts_with(['"', '\'', '[', '}', ']', ',', ':', '<']) || words.contains('"') || has_names() {
        return None;
    }
    let line = rest.match_indices('\n').find(|(at, _)| rest[at + 1..].trim_start().starts_with('{'));
    Some(line.map_or(words.len(), |(at, _)| at + 1))
}

/// Whether words are the head of a message in a conversation, with its time and its author: `[18/06/2024, 21:14] Karim:`.
fn is_chat_head(words: &str) -> bool {
    let (Some(time), words) = (words.trim().strip_prefix('['), words.trim()) else { return false };
    let is_time = |time: &str| time.contains(':') && time.contains(|c: char| c.is_ascii_digit());
    words.ends_with(':') && !words.contains('"') && time.split_once(']').is_some_and(|(time, _)| is_time(time))
}

/// Whether what stands behind a record is neither another record nor a part of this one: a mark, or words without a bracket.
fn is_no_record(rest: &str) -> bool {
    !rest.starts_with([',', '"', '\'', ':']) && !rest.contains(['{', '}', '[', ']'])
}

/// Whether a text is the line before or behind a block of code: three or more backticks or tildes, and perhaps a language.
fn is_fence(text: &str) -> bool {
    let text = text.trim();
    ["```", "~~~"].iter().any(|mark| {
        let language = text.strip_prefix(mark).map(|rest| rest.trim_start_matches(['`', '~']).trim());
        language.is_some_and(|language| language.chars().all(|c| c.is_ascii_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_may_begin_below_other_text() {
        for (text, before) in [
            ("```json\n{", Some("```json\n")),
            ("Here is the record {as JSON}:\n\n{", Some("Here is the record {as JSON}:\n")),
            ("Here you are: {", Some("Here you are: ")),
            ("event = {", Some("event = ")),
            ("---\n{", Some("---\n")),
            ("[18/06/2024, 21:14] Karim: {", Some("[18/06/2024, 21:14] Karim: ")),
            ("[\"a: b\"]: {", None),
            ("names: {", None),
            ("names:\n{", None),
            ("names:\n  en: A visit\ntype: visit\nparticipants:\n  nato: {", None),
            ("---\nnames: {", None),
            ("---\ntype: visit\nstatus: held\nplaces: [rabat]\nin {", None),
            ("Here it is: the record\n{", Some("Here it is: the record\n")),
            ("\"names\": {", None),
            ("type: \"visit\",\nnames: {", None),
            ("<style>\nbody\n{", None),
            ("no record", None),
        ] {
            assert_eq!(before_record(text).map(|length| &text[..length]), before, "{text}");
        }
        for (text, other) in [
            (".", true),
            (";", true),
            ("```\n\nSay so if you want more.", true),
            ("And the next:\n{", false),
            (", \"a\": 1 }", false),
        ] {
            assert_eq!(is_no_record(text), other, "{text}");
        }
        assert!(is_fence("~~~~ json5\n") && is_fence("```") && !is_fence("``` and more") && !is_fence("``"));
    }
}
