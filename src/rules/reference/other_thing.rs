//! What is said of a text that stands for something else than a record of the wanted kind: a capital for its state, an office for
//! a person, a publisher for a page, `online` for a place.

use super::suggestion::named;
use crate::kind::Kind;
use crate::lint::Wanted;
use crate::query::names::{Identities, Keyed, NameAnswer, NameIndex, NameMatch};
use crate::record::{ActorType, Body};
use crate::rules::schema::SOURCE;
use crate::schema::{self, FieldSchema};
use crate::value::{Id, StringFormat as _, country_names, folded, short, with_capital};

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
        [Kind::Place] if is_online(&word) && wanted.at.tokens().next().as_deref() == Some("places") => {
            Some("write \"online\": true beside the other fields, and leave the place out".to_owned())
        }
        [Kind::Source] if wanted.at.tokens().next().as_deref() == Some("evidence") => publisher(wanted, answer),
        [Kind::Actor] => match answer {
            NameAnswer::One(found) if found.is_exact => None,
            _ => role_or_number(&word)
                .or_else(|| capital(wanted, &word, identities))
                .or_else(|| office(&word, answer))
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
            "`{word}` is a role, and here stands who has it: \"morocco\": {{ \"roles\": [\"{word}\"] }}"
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

/// An office where its holder belongs.
fn office(word: &str, answer: &NameAnswer<'_>) -> Option<String> {
    let is_person = |found: &NameMatch<'_>| matches!(found.record().map(|record| &record.body), Some(Body::Actor(actor)) if actor.r#type == ActorType::Person);
    let has_person = match answer {
        NameAnswer::One(found) => is_person(found),
        NameAnswer::Several(found) => found.iter().any(is_person),
        NameAnswer::None => false,
    };
    (is_office(word) && !has_person).then(|| {
        "this is an office: name the person who held it then, by the id of a record in actor/, or the body that took part"
            .to_owned()
    })
}

/// Words for offices.
const OFFICES: &str = "minister ministre ministro ambassador ambassadeur embajador secretary secretaire secretario president \
    chairman director directeur commander commandant king chief وزير سفير رئيس امين قائد";
/// What may stand before an office that begins a text, besides the name of a country.
const BEFORE: &str = "the le la l el prime premier deputy vice assistant under former foreign defence defense interior \
    permanent state";
/// What stands behind such an office.
const BEHIND: &str = "of de du des del d for to general delegue in";
/// Bodies that are named after an office.
const BODIES: &str = "office bureau cabinet staff secretariat";

/// Whether words name an office: they begin with one, as in `deputy minister of defence`, or end with one, as in `NATO Secretary
/// General`.
fn is_office(folded: &str) -> bool {
    let among = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    let words: Vec<&str> = folded.split(' ').collect();
    let Some(at) = words.iter().position(|word| among(OFFICES, word)) else { return false };
    if words.iter().any(|word| among(BODIES, word)) && words[at] != "chief" {
        return false;
    }
    let is_before = |word: &&str| among(BEFORE, word) || country_names::called(word).is_some();
    let is_behind = |word: &&str| among(BEHIND, word) || !words[at].is_ascii();
    let is_last = matches!(words[at + 1..], [] | ["general"]);
    is_last || words[..at].iter().all(is_before) && words.get(at + 1).is_none_or(is_behind)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_told_from_a_body() {
        for office in [
            "minister of defence",
            "Secretary General of NATO",
            "the Moroccan foreign minister",
            "Prime Minister",
            "deputy-minister-of-defence",
            "ministre des Affaires étrangères",
            "King of Morocco",
            "NATO Deputy Secretary General",
            "chief of staff",
            "وزير الدفاع",
        ] {
            assert!(is_office(&folded(office)), "{office}");
        }
        for body in [
            "Ministry of Defence",
            "Prime Minister’s Office",
            "King Abdullah Training Centre",
            "General Secretariat",
            "bureau of the secretary general",
            "private office of the secretary general",
            "وزارة الدفاع",
            "",
        ] {
            assert!(!is_office(&folded(body)), "{body}");
        }
    }
}
