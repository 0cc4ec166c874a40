//! Two texts of a file, line by line.

use comity::render::{visible, visible_lines};
use similar::TextDiff;

/// A unified diff. Hidden characters are escaped before the texts are compared: a carriage return would end a line, and the
/// text after it would have no sign in front.
pub(crate) fn unified(path: &str, before: &str, after: &str) -> String {
    let (path, before, after) = (visible(path), visible_lines(before), visible_lines(after));
    TextDiff::from_lines(&before, &after).unified_diff().header(&path, &path).to_string()
}
