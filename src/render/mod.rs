//! A report as bytes: one pure function a format. A renderer looks nothing up, and no format is known outside its own.

mod concise;
mod github;
mod gitlab;
mod human;
mod json;
mod junit;
mod markdown;
mod sarif;

pub use concise::concise;
pub use github::github;
pub use gitlab::gitlab;
pub use human::human;
pub use json::{REPORT_VERSION, json, schema as report_schema};
pub use junit::junit;
pub use markdown::markdown;
pub use sarif::sarif;

/// A text from data, made safe to show in a terminal: controls, and what changes the direction of text, become visible.
pub fn visible(text: &str) -> String {
    let escape = |c: char| {
        c.is_control() && c != '\n'
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if escape(c) { out.extend(c.escape_unicode()) } else { out.push(c) }
    }
    out
}
