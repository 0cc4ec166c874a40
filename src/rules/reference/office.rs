//! An office where its holder belongs: `Secretary General of NATO`, `SACEUR`.

use crate::query::names::{NameAnswer, NameMatch};
use crate::record::{ActorType, Body};
use crate::value::country_names;

/// What to do about an office. `answer` is what the names of the records say.
pub(super) fn advice(word: &str, answer: &NameAnswer<'_>) -> Option<String> {
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
    chairman director directeur commander commandant king chief chef inspector inspecteur governor gouverneur wali mayor maire \
    envoy envoye spokesperson spokesman spokeswoman portavoz porte speaker attache وزير سفير رئيس امين قائد مفتش والي ناطق مدير";
/// Offices that are known by their initials.
const INITIALS: &str = "saceur dsaceur sact dsact chod chods cmc dsg";
/// What may stand before an office that begins a text, besides the name of a country.
const BEFORE: &str = "the le la l el prime premier deputy vice assistant under former foreign defence defense interior \
    permanent state supreme allied army navy special";
/// What stands behind such an office.
const BEHIND: &str = "of de du des del d for to general generale delegue in europe transformation parole";
/// Bodies that are named after an office.
const BODIES: &str = "office bureau cabinet staff secretariat";

/// Whether words name an office: they begin with one, as in `deputy minister of defence`, or end with one, as in `NATO Secretary
/// General`.
fn is_office(folded: &str) -> bool {
    let among = |list: &str, word: &str| list.split_whitespace().any(|known| known == word);
    let words: Vec<&str> = folded.split(' ').collect();
    if let [word] = words[..]
        && among(INITIALS, word)
    {
        return true;
    }
    let Some(at) = words.iter().position(|word| among(OFFICES, word)) else { return false };
    if words.iter().any(|word| among(BODIES, word)) && words[at] != "chief" {
        return false;
    }
    let is_before = |word: &&str| among(BEFORE, word) || country_names::called(word).is_some();
    let is_behind = |word: &&str| among(BEHIND, word) || !words[at].is_ascii();
    let is_last = matches!(words[at + 1..], [] | ["general"]);
    is_last || words[..at].iter().all(is_before) && words.get(at + 1).is_none_or(is_behind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::folded;

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
            "SACEUR",
            "Supreme Allied Commander Europe",
            "Inspecteur général des FAR",
            "inspector-general-of-the-far",
            "Chef d'état-major",
            "porte-parole du gouvernement",
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
