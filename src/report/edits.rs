//! Fixes as edits of a text, and their application.

/// A fix as edits of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edits {
    /// What the fix does.
    pub what: String,
    /// Whether the fix preserves what the record says.
    pub safe: bool,
    /// The edits of the file.
    pub edits: Vec<Edit>,
}

/// One edit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// First byte of the file to replace.
    pub start: u64,
    /// One past the last byte to replace.
    pub end: u64,
    /// The replacement.
    pub text: String,
}

/// Applies whole fixes to the text of one file, in order, and returns the text and how many were applied. A fix that
/// overlaps with one before it is left out.
pub fn apply(text: &str, fixes: &[&Edits]) -> (String, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let free = |edit: &Edit| {
            taken.iter().all(|other| edit.end <= other.start || other.end <= edit.start) && !taken.contains(&edit)
        };
        if fix.edits.iter().all(free) {
            taken.extend(&fix.edits);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| std::cmp::Reverse((edit.start, edit.end)));
    let mut out = text.to_owned();
    for edit in taken {
        let (Ok(start), Ok(end)) = (usize::try_from(edit.start), usize::try_from(edit.end)) else { continue };
        out.replace_range(start..end, &edit.text);
    }
    (out, applied)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_fixes_wait_for_the_next_round() {
        let fix = |start, end, text: &str| Edits {
            what: String::new(),
            safe: true,
            edits: vec![Edit { start, end, text: text.to_owned() }],
        };
        let (a, b, c) = (fix(0, 2, "x"), fix(1, 3, "y"), fix(3, 4, ""));
        assert_eq!(apply("abcde", &[&a, &b, &c]), ("xce".to_owned(), 2));
    }
}
