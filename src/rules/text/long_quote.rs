//! `long-quote`: see the page beside this file.

use comity_document::at;
use comity_document::pointer::Span;
use icu_properties::props::Script;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use crate::lint::{DocumentContext, Findings, Place, Rule};

/// The rule.
pub static RULE: Rule = Rule::error(
    "long-quote",
    "a quotation of more than 25 words",
    "the words belong to whoever wrote them; only a few may be taken along",
    include_str!("long_quote.md"),
);

const MOST: usize = 25;

const SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();

/// Checks the `quote` of each piece of evidence.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    for (source, evidence) in context.record.evidence() {
        let Some(quote) = evidence.quote.as_ref().map(AsRef::<str>::as_ref) else { continue };
        let starts: Vec<usize> = words(quote).collect();
        if let Some(first) = starts.get(MOST) {
            let place = Place::Within(at!["evidence", source, "quote"], Span::new(*first, quote.len()));
            findings
                .at(context.entry, place, format!("this quotation has {} words, {MOST} is the most", starts.len()))
                .help("these are too many: keep the words that are the fact, or say it in your own");
        }
    }
}

/// Where each word begins. A word is a run of characters without white space or dash, with a letter or a digit in it.
/// Chinese and Japanese put no space between words; there each character counts as a word.
fn words(text: &str) -> impl Iterator<Item = usize> {
    let between = |c: char| c.is_whitespace() || matches!(c, '–' | '—' | '/' | '…');
    let runs = text.split(between).filter(|run| run.contains(char::is_alphanumeric));
    runs.flat_map(move |run| {
        let start = run.as_ptr().addr() - text.as_ptr().addr();
        let alone =
            |c: char| !c.is_ascii() && matches!(SCRIPT.get(c), Script::Han | Script::Hiragana | Script::Katakana);
        let singles = run.char_indices().filter(move |(_, c)| alone(*c)).map(move |(at, _)| start + at);
        let rest = run.contains(|c: char| c.is_alphanumeric() && !alone(c)).then_some(start);
        rest.into_iter().chain(singles)
    })
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_counted_as_a_reader_counts_them() {
        for (text, count) in [
            ("", 0),
            ("one, two — three", 3),
            ("l'OTAN et vingt-cinq autres", 4),
            ("« Le Maroc ... »", 2),
            ("قال الوزير: نعم.", 3),
            ("and/or", 2),
            ("北約摩洛哥", 5),
            ("5+5 in 2019", 3),
        ] {
            assert_eq!(words(text).count(), count, "{text}");
        }
    }
}
