//! Several things in one text: `host, speaker`, `Algeria and Morocco`.

/// The parts of a text in which words or signs stand between several things; the whole where none do. Arabic writes `و` together
/// with the word behind it.
pub(crate) fn enumerated(text: &str) -> Vec<String> {
    let text = [" and ", " et ", " y ", " e ", " و"].iter().fold(text.to_owned(), |text, word| text.replace(word, ","));
    let parts = text.split([',', ';', '/', '|', '&', '+', '،']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}
