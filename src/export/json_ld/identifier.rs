//! Identifiers of other catalogues: an address where the catalogue gives its items addresses, else the name and the value.

use serde_json::{Value, json};

use super::{Node, reference};

/// Adds the identifiers of a record.
pub(super) fn add(node: &mut Node, identifiers: &Value) {
    for (scheme, value) in identifiers.as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or_default();
        let address = match scheme.as_str() {
            "wikidata" => Some(format!("http://www.wikidata.org/entity/{value}")),
            "geonames" => Some(format!("https://sws.geonames.org/{value}/")),
            "doi" => Some(format!("https://doi.org/{value}")),
            "ror" => {
                Some(if value.starts_with("https:") { value.to_owned() } else { format!("https://ror.org/{value}") })
            }
            _ => None,
        };
        match address {
            Some(address) => node.add("schema:sameAs", reference(None, &address)),
            None => node.add(
                "schema:identifier",
                json!({ "@type": "schema:PropertyValue", "schema:propertyID": scheme, "schema:value": value }),
            ),
        }
    }
}
