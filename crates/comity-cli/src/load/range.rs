//! Revisions as people write them for git: `REV`, `A..B` and `A...B`.

use anyhow::bail;

use super::git::Git;

/// Which revisions a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Range<'t> {
    /// `REV`.
    One(&'t str),
    /// `A..B`: the two revisions.
    Between(&'t str, &'t str),
    /// `A...B`: where B left the history of A, and B.
    Since(&'t str, &'t str),
}

impl<'t> Range<'t> {
    /// Reads a text; a side that is left out is `HEAD`. No revision has two dots in its name.
    pub(crate) fn parse(text: &'t str) -> Self {
        let side = |name: &'t str| if name.is_empty() { "HEAD" } else { name };
        if let Some((one, other)) = text.split_once("...") {
            Self::Since(side(one), side(other))
        } else if let Some((one, other)) = text.split_once("..") {
            Self::Between(side(one), side(other))
        } else {
            Self::One(text)
        }
    }
}

/// The commit that a check compares the work tree with: where `HEAD` left the history of the revision, as `git diff REV...`
/// does, so that what others have changed since is not taken for a part of the change.
///
/// # Errors
/// When a revision is unknown, when there is no such commit, or when the text names another end than `HEAD`.
pub(crate) fn base(git: &Git, text: &str) -> anyhow::Result<String> {
    let (revision, end) = match Range::parse(text) {
        Range::One(revision) => (revision, "HEAD"),
        Range::Between(revision, end) | Range::Since(revision, end) => (revision, end),
    };
    if end != "HEAD" && git.commit(end)? != git.commit("HEAD")? {
        bail!(
            "the check reads the files that are here, not those of `{end}`; check out `{end}`, or compare the two with `comity diff {text}`"
        );
    }
    git.merge_base(revision, "HEAD")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_git_reads_them() {
        for (text, range) in [
            ("main", Range::One("main")),
            ("", Range::One("")),
            ("v1.0", Range::One("v1.0")),
            ("main..topic", Range::Between("main", "topic")),
            ("main..", Range::Between("main", "HEAD")),
            ("main...", Range::Since("main", "HEAD")),
            ("...topic", Range::Since("HEAD", "topic")),
            ("--output=x..y", Range::Between("--output=x", "y")),
        ] {
            assert_eq!(Range::parse(text), range, "{text}");
        }
    }
}
