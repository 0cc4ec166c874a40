//! `invisible-character`: see the page beside this file.

use comity_document::pointer::Span;
use icu_properties::props::{
    DefaultIgnorableCodePoint, ExtendedPictographic, GeneralCategory, Script, VariationSelector,
};
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed, CodePointSetData, CodePointSetDataBorrowed};

use crate::lint::{Change, CharClasses, Findings, Fixable, Place, Rule, TextContext, TextFilter};
use crate::value::{garbled, short};

/// The rule.
pub static RULE: Rule = Rule::error(
    "invisible-character",
    "characters that cannot be seen, or letters of two scripts in one word",
    "two texts that look alike would differ for every search and every comparison",
    include_str!("invisible_character.md"),
)
.fixed(Fixable::Safe);

/// Which strings the rule sees.
pub(crate) static FILTER: TextFilter =
    TextFilter { classes: |classes| classes.have(ODD.or(CharClasses::SPACED)), formats: &[] };

/// The classes of all characters that cannot be seen, but the space.
const ODD: CharClasses = CharClasses::CONTROL.or(CharClasses::UNCOMMON);

const CATEGORY: CodePointMapDataBorrowed<'static, GeneralCategory> = CodePointMapData::<GeneralCategory>::new();
/// The pictures that a joiner may join (Unicode, UTS #51).
const EMOJI: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<ExtendedPictographic>();
/// The characters that programs show as nothing where they do not know better (Unicode, UAX #44).
const IGNORABLE: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<DefaultIgnorableCodePoint>();
/// The characters that choose a form of the character before them.
const SELECTORS: CodePointSetDataBorrowed<'static> = CodePointSetData::new::<VariationSelector>();
const JOINER: char = '\u{200d}';
/// The cell of Braille without a dot, and the fillers of Korean syllables: spaces that no program takes for one.
const BLANKS: [char; 3] = ['\u{2800}', '\u{3164}', '\u{ffa0}'];
/// What makes a key of the digit before it.
const KEY: char = '\u{20e3}';
const SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();

/// Reports control characters, zero-width characters, bidirectional overrides and spaces at either end, and in names words
/// that mix Latin with Cyrillic or Greek letters.
pub fn check(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    if !text.classes.have(ODD) {
        return report_outer_space(text, findings);
    }
    // Some signs of a garbled text cannot be seen, and belong to letters.
    if text.text.chars().any(is_hidden) && garbled(text.text).is_none() {
        report_hidden(text, findings);
    } else {
        report_outer_space(text, findings);
    }
    if matches!(text.at.field(), Some("names" | "aliases" | "title"))
        && let Some((start, word)) = mixed_word(text.text)
    {
        let place = Place::Within(text.at.pointer(), Span::new(start, start + word.len()));
        let message = format!("the word `{}` has letters of two scripts that look alike", short(word));
        findings.at(text.entry, place, message).help("type the whole word again with one keyboard");
    }
}

fn report_outer_space(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let whole = text.text;
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_graphic);
    if is_plain(whole.as_bytes().first()) && is_plain(whole.as_bytes().last()) {
        return;
    }
    let trimmed = whole.trim();
    if trimmed.len() == whole.len() || trimmed.is_empty() {
        return;
    }
    let before = whole.len() - whole.trim_start().len();
    let (span, side) =
        if before > 0 { (Span::new(0, before), "beginning") } else { (Span::new(trimmed.len(), whole.len()), "end") };
    let what = "take it out";
    findings
        .at(text.entry, Place::Within(text.at.pointer(), span), format!("a space stands at the {side} of this text"))
        .help(what)
        .fix(what, Change::Replace { at: text.at.pointer(), with: trimmed.into() });
}

fn report_hidden(text: &TextContext<'_>, findings: &mut Findings<'_>) {
    let hidden = hidden(text.text);
    if let Some((at, c)) = hidden.first().and_then(|at| Some((*at, text.text[*at..].chars().next()?))) {
        let place = Place::Within(text.at.pointer(), Span::new(at, at + c.len_utf8()));
        let (message, what) = if c.is_whitespace() {
            ("a line break or a tab stands inside this text".to_owned(), "put a plain space in its place")
        } else {
            let code = u32::from(c);
            (format!("an invisible character (U+{code:04X}) stands inside this text"), "remove what cannot be seen")
        };
        let help = if c.is_whitespace() { what } else { "delete it; it mostly comes along when text is copied" };
        let finding = findings.at(text.entry, place, message).help(help);
        let with = without(text.text, &hidden);
        // A text without any visible character would become empty.
        if !with.is_empty() {
            finding.fix(what, Change::Replace { at: text.at.pointer(), with: with.into() });
        }
    }
}

/// Where the invisible characters of a text stand, in bytes, without those that the text needs.
fn hidden(text: &str) -> Vec<usize> {
    let joins = text.chars().any(is_joined);
    let mut after_picture = false;
    let mut before = ' ';
    let mut hidden = Vec::new();
    for (at, c) in text.char_indices() {
        if is_hidden(c) {
            let rest = &text[at + c.len_utf8()..];
            let joins_pictures = c == JOINER && after_picture && rest.starts_with(|c| EMOJI.contains(c));
            let chooses_form = SELECTORS.contains(c) && (after_picture || has_forms(before) || rest.starts_with(KEY));
            if !(joins && is_joiner(c) || joins_pictures || chooses_form) {
                hidden.push(at);
            }
        }
        // A picture may have a colour of skin and a mark of its form behind it.
        let belongs_to_picture = matches!(c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
        after_picture = EMOJI.contains(c) || after_picture && belongs_to_picture;
        before = c;
    }
    hidden
}

/// Whether a letter is of a script that has several forms of letters.
fn has_forms(c: char) -> bool {
    matches!(SCRIPT.get(c), Script::Han | Script::Mongolian)
}

/// The text without invisible characters. Each run of white space becomes one space, or nothing at either end.
fn without(text: &str, hidden: &[usize]) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match (hidden.binary_search(&at).is_ok(), c.is_whitespace() || BLANKS.contains(&c)) {
            (false, _) => out.push(c),
            (true, true) if !out.ends_with(' ') => out.push(' '),
            (true, _) => {}
        }
    }
    out.trim().to_owned()
}

/// Whether a character is invisible.
fn is_hidden(c: char) -> bool {
    use GeneralCategory::{Control, Format, LineSeparator, ParagraphSeparator, PrivateUse, Unassigned};
    // Common Latin and Arabic letters and marks are decided without a look-up.
    if matches!(c, ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{620}'..='\u{6dc}' | '\u{2013}'..='\u{2026}')
    {
        return false;
    }
    let category = CATEGORY.get(c);
    let is_unseen = matches!(category, Control | Format | LineSeparator | ParagraphSeparator | PrivateUse | Unassigned);
    is_unseen || BLANKS.contains(&c) || IGNORABLE.contains(c)
}

/// Joiners and direction marks. They belong where letters join or run from right to left.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200c}'..='\u{200f}' | '\u{61c}' | '\u{34f}')
}

/// Whether a letter is of a script that needs joiners and direction marks: not Latin, Cyrillic or Greek, and not common
/// to all scripts. The marks themselves do not count, nor do the fillers of Korean syllables.
fn is_joined(c: char) -> bool {
    let plain = [Script::Common, Script::Inherited, Script::Latin, Script::Cyrillic, Script::Greek, Script::Hangul];
    !c.is_ascii() && !is_joiner(c) && !plain.contains(&SCRIPT.get(c))
}

/// The first word that mixes Latin with Cyrillic or Greek letters.
fn mixed_word(text: &str) -> Option<(usize, &str)> {
    let scripts = |word: &str| {
        let has = |script: Script| word.chars().any(|c| SCRIPT.get(c) == script);
        usize::from(has(Script::Latin)) + usize::from(has(Script::Cyrillic)) + usize::from(has(Script::Greek))
    };
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii() && scripts(word) > 1);
    words.map(|word| (word.as_ptr().addr() - text.as_ptr().addr(), word)).next()
}
