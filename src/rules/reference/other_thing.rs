//! What is said of a text that stands for something else than a record of the wanted kind: a capital for its state, an office for
//! a person, a publisher for a page, `online` for a place.

use super::office;
use super::suggestion::named;
use crate::kind::Kind;
use crate::lint::Wanted;
use crate::query::names::{Identities, Keyed, NameAnswer, NameIndex, NameMatch};
use crate::rules::schema::SOURCE;
use crate::schema::{self, FieldSchema};
use crate::value::{Id, StringFormat as _, folded, short, with_capital};

/// What to do about such a text. `answer` is what the names of the records say.
pub(super) fn advice(
    wanted: &Wanted,
    kinds: &[Kind],
    answer: &NameAnswer<'_>,
    names: &NameIndex<'_>,
    identities: &Identities<'_>,
) -> Option<String> {
    let short_code = || short_code(wanted, kinds, answer, names, identities);
    let word = folded(&wanted.text);
    match kinds {
        [Kind::Place] if is_online(&word) && wanted.field() == "places" => {
            Some("write \"online\": true beside the other fields, and leave the place out".to_owned())
        }
        [Kind::Source] if wanted.field() == "evidence" => publisher(wanted, answer),
        [Kind::Actor] => match answer {
            NameAnswer::One(found) if found.is_exact => None,
            _ => role_or_number(&word)
                .or_else(|| capital(wanted, &word, identities))
                .or_else(|| office::advice(&word, answer))
                .or_else(|| sender(wanted, &word, names))
                .or_else(short_code),
        },
        _ => short_code(),
    }
}

/// A role, or how many came, where an actor belongs.
fn role_or_number(word: &str) -> Option<String> {
    let has_role = |kind| {
        let roles = FieldSchema::of(kind).at("participants/x/roles").and_then(FieldSchema::item);
        roles.is_some_and(|roles| roles.code(word).is_some())
    };
    if has_role(Kind::Event) || has_role(Kind::Activity) {
        return Some(format!(
            "`{word}` is a role, and here stands who has it: \"an-id\": {{ \"roles\": [\"{word}\"] }}"
        ));
    }
    let (number, people) = word.split_once(' ')?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && PEOPLE.split_whitespace().any(|known| people.split(' ').any(|word| word == known))).then(|| {
        "how many came stands in `figures`; here stands the body that they belong to, or that sent them".to_owned()
    })
}

/// Words for people who are counted and not named.
const PEOPLE: &str = "people persons participants officers soldiers troops experts students journalists delegates cadets sailors \
    personnes participants officiers soldats militaires experts etudiants journalistes stagiaires marins \
    personas participantes oficiales soldados militares expertos estudiantes periodistas مشاركا ضابطا جنديا خبيرا";

fn is_online(word: &str) -> bool {
    matches!(
        word,
        "online"
            | "virtual"
            | "virtually"
            | "remote"
            | "video conference"
            | "videoconference"
            | "visioconference"
            | "by video"
            | "zoom"
            | "teams"
            | "en ligne"
            | "virtuel"
            | "en linea"
            | "عن بعد"
            | "اونلاين"
    )
}

/// The name of a publisher where a page belongs. A page is meant only by a text that is like its id or its title; a text with a
/// number, or with hyphens, is meant for an id.
fn publisher(wanted: &Wanted, answer: &NameAnswer<'_>) -> Option<String> {
    let word = folded(&wanted.text);
    if schema::structure(Kind::Source)["properties"].get(&*wanted.text).is_some() {
        return Some(format!(
            "`{}` is a field of the record of a page, and that has a file of its own: {SOURCE}",
            wanted.text
        ));
    }
    let is_page = |found: &NameMatch<'_>| {
        let names = [found.key.id.as_ref(), found.name];
        names.iter().any(|name| strsim::normalized_damerau_levenshtein(&folded(name), &word) > 0.6)
    };
    let is_meant = match answer {
        NameAnswer::One(_) => true,
        NameAnswer::Several(found) => found.iter().any(is_page),
        NameAnswer::None => false,
    };
    let is_id = || wanted.text.contains('-') && Id::parse(&wanted.text).is_ok();
    if is_meant || is_id() || word.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let id = Id::of_name(&wanted.text)?;
    Some(format!(
        "a source is one page, and no publisher: make a record of the page, such as source/{id}-2024-04-16.json, named after the publisher and the day, with the address of the page as its `url`"
    ))
}

/// A capital where the state that acted belongs.
fn capital(wanted: &Wanted, word: &str, identities: &Identities<'_>) -> Option<String> {
    let country = with_capital(word)?;
    let state = identities.of_country(country, &[Kind::Actor]);
    let meant = state.map(|state| format!("did you mean {}? ", of_state(wanted, state))).unwrap_or_default();
    let text = short(&wanted.text);
    Some(format!(
        "{meant}`{text}` is a capital, which stands for its state only in headlines: name who acted, such as the state, or an organisation with its seat there"
    ))
}

fn of_state(wanted: &Wanted, (key, record): Keyed<'_>) -> String {
    named(wanted, key, record.title().unwrap_or(key.id.as_ref()))
}

/// Who came for somebody, where the body that sent them belongs: `Moroccan delegation`, `gouvernement marocain`.
fn sender(wanted: &Wanted, word: &str, names: &NameIndex<'_>) -> Option<String> {
    /// Words for those who come, or speak, for a body.
    const SENT: &str = "delegation delegations delegates government authorities officials representatives side gouvernement autorites \
        responsables representants partie gobierno delegacion autoridades representantes وفد الوفد حكومه الحكومه سلطات السلطات \
        مسؤولون مسوولون جانب الجانب";
    let is_sent = |word: &&str| SENT.split_whitespace().any(|known| known == *word);
    let (sent, of): (Vec<&str>, Vec<&str>) = word.split(' ').partition(is_sent);
    if sent.is_empty() {
        return None;
    }
    let NameAnswer::One(found) = names.answer(&of.join(" "), &[Kind::Actor]) else { return None };
    found.is_exact.then(|| {
        let body = named(wanted, found.key, found.title());
        format!("did you mean {body}? Who came or spoke for it is no actor; persons are named by their own records")
    })
}

/// The two letters of a country, where no name says otherwise.
fn short_code(
    wanted: &Wanted,
    kinds: &[Kind],
    answer: &NameAnswer<'_>,
    names: &NameIndex<'_>,
    identities: &Identities<'_>,
) -> Option<String> {
    let state = identities.of_short_code(&wanted.text, kinds).filter(|_| matches!(answer, NameAnswer::None))?;
    // `MD` is the Mediterranean Dialogue sooner than Moldova.
    let is_name = wanted.kind.is_some_and(|kind| names.exact_elsewhere(&[(&wanted.text, kind)])[0].is_some());
    (!is_name).then(|| format!("did you mean {}?", of_state(wanted, state)))
}
