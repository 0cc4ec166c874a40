//! Words that the renderers and the command line share.

/// A number with its noun: `1 record`, `2 records`, `0 records`. The plural of `noun` is formed with an `s`.
pub fn counted(n: usize, noun: &str) -> String {
    let plural = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{plural}")
}
