//! Messages for one value that the schema refuses.

use comity_document::document::{Node, Value};
use comity_document::pointer::Pointer;
use comity_document::validator::ViolationKind;
use serde_json::Value as Json;

use super::pages::SOURCE;
use super::sample::{part_at, sample};
use super::several::several;
use super::type_hints::{or_leave_out, type_help};
use super::{
    Complaint, dates, empty_collection, fields, impossible_date, inline, listed, malformed_value, named, units,
    unknown_code, unregistered_language, wrong_type,
};
use crate::kind::Kind;
use crate::lint::{Rule, Wanted, WantedForm};
use crate::rules::file::id_file_mismatch;
use crate::rules::time::sentinel_date;
use crate::schema::FieldSchema;
use crate::value::{
    self, AnyRef, Country, FieldPointer, Language, Refusal, StringFormat, Text, Url, folded, is_list_of_units,
    is_opposite, nearest, short,
};

/// The message and the help for a value that a part of the schema refuses.
pub(crate) fn describe(
    kind: Kind,
    refused: &ViolationKind,
    part: &'static Json,
    node: &Node<'_>,
    at: &Pointer,
    root: &Node<'_>,
) -> Complaint {
    let text = node.as_str().unwrap_or_default();
    match refused {
        ViolationKind::Type => {
            let message = format!("{} here, not {}", expected(part, at), found(&node.value));
            let complaint = Complaint::new(0, &wrong_type::RULE, message).help(type_help(kind, part, node, at));
            match named::wanted(kind, part, node, at) {
                Some(wanted) => complaint.want(wanted),
                None => complaint,
            }
        }
        ViolationKind::Code if part["const"].is_string() => {
            let expected = part["const"].as_str().unwrap_or_default();
            let message = format!("this says `{text}`, and the file lies in the folder `{expected}`");
            Complaint::new(1, &id_file_mismatch::RULE, message)
                .help(format!("write `{expected}`"))
                .replace(at, expected, false)
        }
        ViolationKind::Code => unknown(kind, part, text, at, root),
        ViolationKind::Empty => {
            let list = matches!(node.value, Value::Array(_));
            let message = if list { "this list has no entry" } else { "these braces hold no entry" };
            let or = or_leave_out(kind, at);
            Complaint::new(1, &empty_collection::RULE, message)
                .help(format!("write one, such as {}{or}", sample(kind, part)))
        }
        ViolationKind::Range(_) => out_of_range(part, node),
        ViolationKind::Other(message) => Complaint::new(9, &malformed_value::RULE, message.clone()),
        _ => malformed(kind, part, text, at),
    }
}

fn unknown(kind: Kind, part: &'static Json, text: &str, at: &Pointer, root: &Node<'_>) -> Complaint {
    let codes: Vec<&str> = part["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
    if codes.contains(&"MA") && codes.contains(&"XK") {
        let no_code = || Refusal::new(format!("`{text}` is not the code of a country"));
        let refusal = Country::parse(text).err().unwrap_or_else(no_code);
        return refused(&unknown_code::RULE, refusal, Country::EXPECTED, at, false);
    }
    let meaning = |code: &str| {
        codes.iter().position(|known| *known == code).and_then(|index| part["enumDescriptions"][index].as_str())
    };
    // The descriptions in a long list are names, such as those of currencies.
    let long = codes.len() > 40;
    let schema = FieldSchema::of_part(kind, part);
    let several = several(text, &|word| schema.code_named(word));
    if several.len() > 1 {
        return several_codes(text, &several, at);
    }
    let known = schema.code_named(text);
    let named = known.or(several.first().copied());
    let elsewhere = if named.is_some() { None } else { elsewhere(kind, text, at) };
    let meaning_of = |code: &str| meaning(code).unwrap_or_default().to_lowercase();
    let multiple = if is_list_of_units(&codes) { units::advice(schema, text, root, at) } else { None };
    let is_here = elsewhere.is_none() && multiple.is_none();
    let meant = meant_code(named, &codes, text, &meaning_of, long);
    let meant = meant.filter(|code| is_here && (known.is_some() || !is_opposite(text, code)));
    let help = match meant.zip(meant.and_then(meaning)) {
        Some((code, name)) if long && code.starts_with(char::is_uppercase) => {
            format!("did you mean `{code}` ({})?", name.trim_end_matches('.'))
        }
        Some((code, meaning)) => format!("did you mean `{code}` ({})?", inline(meaning)),
        None if is_list_of_units(&codes) => multiple.unwrap_or_else(|| units::list(&codes)),
        None => format!("{}the codes here are {}", elsewhere.unwrap_or_default(), listed(codes.iter().copied())),
    };
    let complaint =
        Complaint::new(1, &unknown_code::RULE, format!("`{}` is not one of the codes here", short(text))).help(help);
    match meant {
        Some(code) => complaint.replace(at, code, false),
        None => complaint,
    }
}

fn several_codes(text: &str, several: &[&str], at: &Pointer) -> Complaint {
    let in_list = at.tokens().last().is_some_and(|token| token.parse::<usize>().is_ok());
    let how = if in_list { "write each as a text of its own" } else { "only one can stand here; choose one" };
    let quoted = several.iter().map(|code| format!("\"{code}\"")).collect::<Vec<_>>().join(", ");
    Complaint::new(1, &unknown_code::RULE, format!("`{}` has several codes in one text", short(text)))
        .help(format!("{how}: {quoted}"))
}

/// Says where a word belongs that is no code here: it is the name of a kind, or a code of another kind at the same place.
fn elsewhere(kind: Kind, text: &str, at: &Pointer) -> Option<String> {
    let is_type = at.tokens().eq(["type"]);
    if let Some(other) = Kind::parse(&folded(text)).filter(|other| is_type && *other != kind) {
        return Some(format!("{} is a record of its own, in {other}/; ", other.with_article()));
    }
    let (other, code) = code_elsewhere(kind, text, at)?;
    Some(if is_type {
        let (own, other_kind) = (kind.with_article(), other.with_article());
        format!("that is {other_kind} of type `{code}`, not {own}: make a record in {other}/ of it; ")
    } else {
        format!("only {} has `{code}` here; ", other.with_article())
    })
}

/// Another kind that has the code at the same place, or a code that is known by the word, with the code.
fn code_elsewhere(kind: Kind, text: &str, at: &Pointer) -> Option<(Kind, &'static str)> {
    let part = |other: Kind| part_at(other, at);
    let codes = |part: &'static Json| part["enum"].as_array().into_iter().flatten().filter_map(Json::as_str);
    let others = || Kind::ALL.into_iter().filter(|other| *other != kind);
    let exact = || others().find_map(|other| Some((other, codes(part(other)?).find(|code| *code == text)?)));
    let called =
        || others().find_map(|other| Some((other, FieldSchema::of_part(other, part(other)?).code_named(text)?)));
    exact().or_else(called)
}

/// The code that was probably meant: one that is known by this word, one with a similar spelling, or the only one whose
/// description has the word.
fn meant_code<'a>(
    named: Option<&'a str>,
    codes: &[&'a str],
    text: &str,
    meaning: &dyn Fn(&str) -> String,
    long: bool,
) -> Option<&'a str> {
    let word = text.trim().to_lowercase();
    let joined = word.replace([' ', '_'], "-");
    let called = |code: &&str| meaning(code) == word;
    let explains = |code: &&str| meaning(code).split(|c: char| !c.is_alphanumeric()).any(|known| known == word);
    let only = || {
        let mut explained = codes.iter().copied().filter(explains);
        explained.next().filter(|_| explained.next().is_none() && word.len() > 3 && !long)
    };
    // `official visit` for `visit`
    let among = || {
        let mut among = codes.iter().copied().filter(|code| joined.split('-').any(|part| part == *code));
        among.next().filter(|_| among.next().is_none() && !long)
    };
    let known = named.or_else(|| codes.iter().copied().find(called));
    // Any three letters are like those of some currency.
    let words = codes.iter().copied().filter(|code| code.starts_with(char::is_lowercase));
    known.or_else(|| nearest(text, words)).or_else(only).or_else(among)
}

fn malformed(kind: Kind, part: &Json, text: &str, at: &Pointer) -> Complaint {
    let format = part["format"].as_str().unwrap_or_default();
    if part["x-ref"] == "source" && Url::parse(text).is_ok() {
        return Complaint::new(
            3,
            &malformed_value::RULE,
            format!("`{}` is an address, and a source is named here by its id", short(text)),
        )
        .help(SOURCE.to_owned())
        .want(Wanted { text: text.to_owned(), kind: Some(Kind::Source), at: at.clone(), form: WantedForm::Id });
    }
    let known = value::format(format);
    if format == "bcp47"
        && let Some(place) = fields::place_of(kind, text, at)
    {
        let message = format!("`{}` is not the code of a language", short(text));
        return Complaint::new(3, &unregistered_language::RULE, message).help(place);
    }
    let refusal = refusal(kind, format, text, at);
    let (rule, safe): (&'static Rule, bool) = match format {
        "edtf" | "edtf-interval" if sentinel_date::is_sentinel(text) => {
            return Complaint::new(3, &sentinel_date::RULE, sentinel_date::message(text))
                .help(sentinel_date::help(kind).to_owned());
        }
        "edtf" | "edtf-interval" => (&impossible_date::RULE, false),
        "bcp47" => (&unregistered_language::RULE, Language::canonical(text).is_some()),
        _ => (&malformed_value::RULE, false),
    };
    let expected = known.map_or("a value as the schema describes it", |format| format.expected);
    let complaint = refused(rule, refusal, expected, at, safe);
    match wanted(part, text, at) {
        Some(wanted) => complaint.want(wanted),
        None => complaint,
    }
}

/// Why a text cannot stand at a place, by its format and its field.
fn refusal(kind: Kind, format: &str, text: &str, at: &Pointer) -> Refusal {
    let refusal = value::format(format).and_then(|format| (format.refuse)(text));
    let refusal = refusal.unwrap_or_else(|| Refusal::new(format!("`{text}` cannot stand in this field")));
    let refusal = dates::in_field(kind, at, format, text, refusal);
    if format == Text::FORMAT {
        return refusal.help(format!("write the text{}", or_leave_out(kind, at)));
    }
    let refusal = Refusal { why: refusal.why.replace(text, &short(text)), ..refusal };
    if format == FieldPointer::FORMAT {
        return Refusal { meant: refusal.meant.and_then(|place| known_place(kind, &place)), ..refusal };
    }
    refusal
}

/// The place under the name that its field has in the kind; `None` where the kind has no such field.
pub(crate) fn known_place(kind: Kind, place: &str) -> Option<String> {
    let place = place.trim_start_matches('/');
    let (name, below) = place.split_at(place.find('/').unwrap_or(place.len()));
    Some(format!("/{}{below}", FieldSchema::of(kind).field_named(name)?))
}

/// The record that was to be named by a text that is no reference: most often its name was typed.
fn wanted(part: &Json, text: &str, at: &Pointer) -> Option<Wanted> {
    let at = at.clone();
    if let Some(kind) = part["x-ref"].as_str().and_then(Kind::parse) {
        // A path or a file name is not a name, and the id is plain to see in it.
        let is_path =
            |before: &str| before.rsplit('/').next().is_some_and(|folder| Kind::parse(folder.trim()).is_some());
        let file = text.strip_suffix(".json");
        let below =
            file.unwrap_or(text).rsplit_once(['/', ':']).filter(|(before, _)| file.is_some() || is_path(before));
        let bare = below.map_or(file.unwrap_or(text), |(_, id)| id);
        return Some(Wanted { text: bare.to_owned(), kind: Some(kind), at, form: WantedForm::Id });
    }
    if part["format"] != AnyRef::FORMAT {
        return None;
    }
    let (kind, bare) = match text.split_once([':', '/']) {
        // A word such as `programme` is no kind, and the record may be known by the rest.
        Some((kind, rest)) => (Kind::parse(kind.trim()), rest),
        None => (None, text),
    };
    Some(Wanted { text: bare.trim().to_owned(), kind, at, form: WantedForm::KindAndId })
}

fn refused(rule: &'static Rule, refusal: Refusal, expected: &str, at: &Pointer, safe: bool) -> Complaint {
    let help = refusal.advice().unwrap_or_else(|| format!("expected {expected}"));
    let complaint = Complaint::new(3, rule, refusal.why).help(help);
    match refusal.meant {
        Some(meant) => complaint.replace(at, &meant, safe),
        None => complaint,
    }
}

fn out_of_range(part: &Json, node: &Node<'_>) -> Complaint {
    let number = if let Value::Number(number) = node.value { number } else { "this" };
    let limit = |keyword: &str| part[keyword].as_f64();
    let low = number.parse::<f64>().ok().zip(limit("minimum")).is_some_and(|(number, least)| number < least);
    // A very large maximum is mentioned only where it is exceeded.
    let help = match (limit("minimum"), limit("maximum")) {
        (Some(least), Some(most)) if most < 1e6 || !low => format!("write a number from {least} to {most}"),
        (Some(least), _) => format!("write a number from {least} on"),
        _ => "see what the field is for".to_owned(),
    };
    let message = format!("`{number}` is too {}", if low { "small" } else { "large" });
    Complaint::new(2, &malformed_value::RULE, message).help(help)
}

fn found(value: &Value<'_>) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(b) => format!("`{b}`"),
        Value::Number(number) => format!("the number `{number}`"),
        Value::String(text) if text.chars().count() > 40 => "a text".to_owned(),
        Value::String(text) => format!("the text `{text}`"),
        Value::Array(_) => "a list `[ … ]`".to_owned(),
        Value::Object(_) => "named entries `{ … }`".to_owned(),
    }
}

fn expected(part: &Json, at: &Pointer) -> &'static str {
    match part["type"].as_str() {
        Some("object") if at.is_root() => "a record `{ … }` belongs",
        Some("object") => "named entries `{ … }` belong",
        Some("array") => "a list `[ … ]` belongs",
        Some("string") => "a text in quotation marks belongs",
        Some("number" | "integer") => "a number belongs",
        Some("boolean") => "true or false belongs",
        _ => "another value belongs",
    }
}
