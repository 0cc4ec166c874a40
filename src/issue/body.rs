//! The body of an issue as GitHub renders a form: a heading for each question, and the answer below it.

use std::fmt;

use super::form::{Form, forms};

/// The largest body, in bytes. GitHub's own limit is 65,536 characters.
const LARGEST: usize = 256 * 1024;
/// The most lines of an answer, and characters of a line.
const LINES: usize = 100;
const LENGTH: usize = 2_000;

/// The answers of a form.
#[derive(Debug)]
#[non_exhaustive]
pub struct FilledForm {
    /// The form that was filled in.
    pub form: Form,
    /// The answers by their labels, in the order of the form. A question without an answer is left out.
    pub answers: Vec<(&'static str, String)>,
    /// What was not taken, and why.
    pub doubts: Vec<String>,
}

/// Why a text is not the body of an issue form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FormError {
    /// The text is too large.
    TooLarge,
    /// The text lacks headings of every form.
    NoForm,
}

impl fmt::Display for FormError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLarge => "this text is larger than the body of an issue can be",
            Self::NoForm => "this is not the body of an issue form: it lacks headings that every form has",
        })
    }
}

impl std::error::Error for FormError {}

impl FilledForm {
    /// Reads a body.
    ///
    /// # Errors
    /// When the text is too large, or has the headings of no form.
    pub fn parse(text: &str) -> Result<Self, FormError> {
        if text.len() > LARGEST {
            return Err(FormError::TooLarge);
        }
        let mut doubts = Vec::new();
        let text = plain(text, &mut doubts);
        let has = |form: &Form, label: &str| -> bool {
            form.fields.iter().any(|field| field.label == label)
                && text.lines().any(|line| heading(line) == Some(label))
        };
        let complete = |form: &Form| form.fields.iter().all(|field| has(form, field.label));
        let form = forms().into_iter().filter(complete).max_by_key(|form| form.fields.len());
        let form = form.ok_or(FormError::NoForm)?;
        let mut sections: Vec<(&'static str, Vec<&str>)> = Vec::new();
        for line in text.lines() {
            let field = heading(line).and_then(|label| form.fields.iter().find(|field| field.label == label));
            match (field, sections.last_mut()) {
                (Some(field), _) => sections.push((field.label, Vec::new())),
                (None, Some((_, lines))) => lines.push(line),
                (None, None) if line.trim().is_empty() => {}
                (None, None) => doubts.push("text before the first heading was left out".to_owned()),
            }
        }
        let mut answers = Vec::new();
        for field in &form.fields {
            let found: Vec<&Vec<&str>> =
                sections.iter().filter(|(label, _)| *label == field.label).map(|(_, lines)| lines).collect();
            match found[..] {
                [lines] => answers.extend(answer(field.label, lines, &mut doubts).map(|text| (field.label, text))),
                _ => doubts.push(format!(
                    "the heading `{}` stands in the issue {} times, so that nobody can say which answer is meant: none was taken",
                    field.label,
                    found.len()
                )),
            }
        }
        doubts.dedup();
        Ok(Self { form, answers, doubts })
    }

    /// The answer under a heading.
    pub fn answer(&self, label: &str) -> Option<&str> {
        self.answers.iter().find(|(known, _)| *known == label).map(|(_, text)| text.as_str())
    }
}

/// The label of a heading.
fn heading(line: &str) -> Option<&str> {
    line.strip_prefix("### ").map(str::trim)
}

/// The text with plain line ends and without control characters and other characters that cannot be seen.
fn plain(text: &str, doubts: &mut Vec<String>) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let is_kept =
        |c: &char| matches!(c, '\n' | '\t') || crate::render::visible(c.encode_utf8(&mut [0; 4])).starts_with(*c);
    let kept: String = text.chars().filter(is_kept).collect();
    if kept.len() < text.len() {
        doubts.push("characters that cannot be seen were left out".to_owned());
    }
    kept
}

fn answer(label: &str, lines: &[&str], doubts: &mut Vec<String>) -> Option<String> {
    let lines: Vec<String> = lines.iter().map(|line| unmarked(line)).filter(|line| !line.is_empty()).collect();
    if lines.is_empty()
        || lines.iter().all(|line| matches!(line.as_str(), "_No response_" | "None" | "N/A" | "n/a" | "-"))
    {
        return None;
    }
    if lines.len() > LINES || lines.iter().any(|line| line.chars().count() > LENGTH) {
        doubts.push(format!("the answer to `{label}` is longer than an answer is; only its beginning was taken"));
    }
    let short = lines.iter().take(LINES).map(|line| line.chars().take(LENGTH).collect::<String>());
    Some(short.collect::<Vec<_>>().join("\n"))
}

/// A line without the signs with which people begin the items of a list, and with which they mark an address.
fn unmarked(line: &str) -> String {
    let line = line.trim();
    let line = ["- ", "* ", "+ ", "• "].into_iter().find_map(|sign| line.strip_prefix(sign)).unwrap_or(line).trim();
    let line = line.trim_matches('`').trim();
    // `[title](address)` and `<address>`.
    let titled = || {
        let (title, rest) = line.strip_prefix('[')?.split_once("](")?;
        let (address, rest) = rest.split_once(')')?;
        Some(format!("{address} | {title} {rest}").trim().to_owned())
    };
    let bare = || Some(line.strip_prefix('<')?.split_once('>')?).map(|(address, rest)| format!("{address}{rest}"));
    titled().or_else(bare).unwrap_or_else(|| line.to_owned())
}
