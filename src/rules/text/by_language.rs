//! The texts of a record under their languages.

use comity_document::at;
use comity_document::pointer::Pointer;

use crate::record::{AliasType, Body, Record};
use crate::value::{Language, NonEmptyMap, Texts};

/// Calls `visit` with every text under a language, and every alias but acronyms and transliterations: the language, the text
/// and the place.
pub(super) fn each(record: &Record, visit: &mut impl FnMut(&Language, &str, &dyn Fn() -> Pointer)) {
    let envelope = &record.envelope;
    let mut texts = |at: &dyn Fn() -> Pointer, texts: &Texts| {
        for (language, text) in texts {
            visit(language, text.as_ref(), &|| at().key(language.as_ref()));
        }
    };
    envelope.names.iter().for_each(|names| texts(&|| at!["names"], names.texts()));
    envelope.summary.iter().for_each(|summary| texts(&|| at!["summary"], summary));
    match &record.body {
        Body::Statement(statement) => texts(&|| at!["position"], &statement.position),
        Body::Theme(theme) => texts(&|| at!["definition"], &theme.definition),
        Body::Survey(survey) => survey.limits.iter().for_each(|limits| texts(&|| at!["limits"], limits)),
        Body::Source(source) => source.title.iter().for_each(|title| texts(&|| at!["title"], title)),
        Body::Actor(actor) => {
            for (name, office) in actor.offices.iter().flat_map(NonEmptyMap::iter) {
                texts(&|| at!["offices", name, "title"], &office.title);
            }
        }
        _ => {}
    }
    for (index, alias) in envelope.aliases.iter().flat_map(|aliases| aliases.iter()).enumerate() {
        if !matches!(alias.r#type, AliasType::Acronym | AliasType::Transliteration) {
            visit(&alias.language, alias.text.as_ref(), &|| at!["aliases"].index(index).key("text"));
        }
    }
}
