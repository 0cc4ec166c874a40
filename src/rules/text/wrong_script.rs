//! `wrong-script`: see the page beside this file.

use comity_document::pointer::Pointer;
use icu_properties::props::Script;
use icu_properties::{CodePointMapData, CodePointMapDataBorrowed};

use super::by_language;
use crate::lint::{DocumentContext, Findings, Place, Rule};
use crate::value::{Characters, Language, garbled};

/// The rule.
pub static RULE: Rule = Rule::warning(
    "wrong-script",
    "a text that is not in the script of its language",
    "readers of that language get a text they cannot read, and the text is missing where it belongs",
    include_str!("wrong_script.md"),
);

const SCRIPT: CodePointMapDataBorrowed<'static, Script> = CodePointMapData::<Script>::new();

/// Checks every text under a language, and every alias but acronyms and transliterations.
pub fn check(context: &DocumentContext<'_>, findings: &mut Findings<'_>) {
    by_language::each(context.record, &mut |language, text, at| report(context, language, text, at, findings));
}

fn report(
    context: &DocumentContext<'_>,
    tag: &Language,
    text: &str,
    at: impl FnOnce() -> Pointer,
    findings: &mut Findings<'_>,
) {
    let tag = tag.as_ref();
    let Some((expected, name)) = script_of(tag) else { return };
    if !is_foreign(text, expected) || garbled(text).is_some() {
        return;
    }
    let at = at();
    let message = format!("this text is marked as `{tag}`, but is not in {name} letters");
    let help = if expected == Script::Latin {
        "put it under the language it is in; here write the text in this language, or leave it out".to_owned()
    } else {
        format!(
            "write it in {name} letters, or put it under the language it is in; in Latin letters it is `{}-Latn`",
            base(tag)
        )
    };
    findings.at(context.entry, Place::Value(at), message).help(help);
}

fn base(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether fewer than one in ten letters of a text are of the script. A foreign name in a text is no fault.
fn is_foreign(text: &str, expected: Script) -> bool {
    if has_many_plain_letters(text.as_bytes(), expected) || expected == Script::Latin && text.is_ascii() {
        return false;
    }
    let (mut own, mut other) = (0_usize, 0_usize);
    for c in text.chars() {
        match script(c) {
            Script::Common | Script::Inherited | Script::Unknown => {}
            script if script == expected => own += 1,
            _ => other += 1,
        }
    }
    other > 0 && own * 10 < own + other
}

/// How many bytes are looked at together.
const BLOCK: usize = 16;

/// Whether one in ten bytes begins a letter of the script that two bytes tell: an ASCII letter, or an Arabic letter from U+0621
/// to U+063F. A text has no more letters than bytes. The first blocks of nearly all texts decide, without a branch for each
/// character.
fn has_many_plain_letters(bytes: &[u8], script: Script) -> bool {
    let count: fn(&[u8; BLOCK]) -> u8 = match script {
        // In a form that the compiler vectorizes, as it does not `is_ascii_alphabetic`.
        Script::Latin => |block| block.iter().map(|byte| u8::from((byte | 0x20).wrapping_sub(b'a') < 26)).sum(),
        Script::Arabic => {
            |block| block.windows(2).map(|pair| u8::from(pair[0] == 0xd8 && (0xa1..=0xbf).contains(&pair[1]))).sum()
        }
        _ => return false,
    };
    let mut letters = 0;
    bytes.as_chunks().0.iter().any(|block| {
        letters += usize::from(count(block));
        letters * 10 >= bytes.len()
    })
}

/// The script of a character. Common letters are decided without a look-up.
fn script(c: char) -> Script {
    let class = Characters::of_one(c);
    if class.have(Characters::LATIN) {
        Script::Latin
    } else if class.have(Characters::ARABIC) {
        Script::Arabic
    } else if c.is_ascii() {
        Script::Common
    } else {
        SCRIPT.get(c)
    }
}

/// The script in which a language is written, and the name of the script. `None` where a language has several scripts
/// or is not in this table.
fn script_of(tag: &str) -> Option<(Script, &'static str)> {
    // Most texts are in one of these languages.
    match tag {
        "en" | "fr" => return Some((Script::Latin, "Latin")),
        "ar" => return Some((Script::Arabic, "Arabic")),
        _ => {}
    }
    let mut parts = tag.split('-');
    let language = parts.next()?;
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let code = match script {
        Some(script) => script,
        None => usual_script(language)?,
    };
    Some(match code {
        "Arab" => (Script::Arabic, "Arabic"),
        "Hebr" => (Script::Hebrew, "Hebrew"),
        "Grek" => (Script::Greek, "Greek"),
        "Cyrl" => (Script::Cyrillic, "Cyrillic"),
        "Geor" => (Script::Georgian, "Georgian"),
        "Armn" => (Script::Armenian, "Armenian"),
        "Tfng" => (Script::Tifinagh, "Tifinagh"),
        "Latn" => (Script::Latin, "Latin"),
        _ => return None,
    })
}

/// The default script of a language, for tags without a script.
fn usual_script(language: &str) -> Option<&'static str> {
    Some(match language {
        "ar" | "arz" | "ary" | "arq" | "fa" | "ur" | "ps" => "Arab",
        "he" | "yi" => "Hebr",
        "el" => "Grek",
        "bg" | "mk" | "ru" | "uk" | "be" => "Cyrl",
        "ka" => "Geor",
        "hy" => "Armn",
        "zgh" => "Tfng",
        "ca" | "cs" | "da" | "de" | "en" | "es" | "et" | "eu" | "fi" | "fr" | "ga" | "gl" | "hr" | "hu" | "is"
        | "it" | "kab" | "lb" | "lt" | "lv" | "mt" | "nb" | "nl" | "nn" | "no" | "pl" | "pt" | "ro" | "sk" | "sl"
        | "sq" | "sv" | "tr" => "Latn",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_foreign_when_hardly_a_letter_is_of_its_script() {
        for (text, tag, foreign) in [
            ("الرباط", "ar", false),
            ("Rabat", "ar", true),
            ("حلف الناتو NATO", "ar", false),
            ("حلف الناتو NATO", "en", false),
            ("وزارة الشؤون الخارجية والتعاون الإفريقي والمغاربة المقيمين بالخارج NATO", "fr", true),
            ("NATO (الناتو)", "en", false),
            ("5+5", "ar", false),
            ("Quwwat", "ar-Latn", false),
            ("Ελλάδα", "el", false),
            ("Ελλάδα", "fr", true),
            ("Жандармерия", "en", true),
            ("Österreichische Bundesheer", "de", false),
            ("ⵍⵎⵖⵔⵉⴱ", "zgh", false),
        ] {
            let (script, _) = script_of(tag).expect("a known language");
            assert_eq!(is_foreign(text, script), foreign, "{text} as {tag}");
        }
        for c in '\0'..'\u{3000}' {
            assert_eq!(script(c), SCRIPT.get(c), "{c:?}");
        }
        for unknown in ["ber", "sr", "ku", "uz", "und", "zh"] {
            assert_eq!(script_of(unknown), None, "{unknown}");
        }
        assert_eq!(script_of("sr-Cyrl-RS").map(|(script, _)| script), Some(Script::Cyrillic));
    }
}
