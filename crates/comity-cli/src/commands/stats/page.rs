//! The Markdown page that gets the counts: between two lines, each of which stands in the page once.

use anyhow::bail;

pub(super) const BEGIN: &str = "<!-- stats -->";
pub(super) const END: &str = "<!-- /stats -->";

/// The page with the text between the lines [`BEGIN`] and [`END`] replaced. Line breaks are those of the page.
///
/// # Errors
/// When the page does not have each of the lines once, outside of code, the first before the last. What would be replaced
/// otherwise may be somebody's text.
pub(super) fn with_counts(page: &str, text: &str) -> anyhow::Result<String> {
    let (mut begin, mut end) = (None, None);
    let (mut at, mut fence) = (0, None);
    for (index, line) in page.split_inclusive('\n').enumerate() {
        let (start, number, bare) = (at, index + 1, line.trim_end_matches(['\r', '\n']));
        at += line.len();
        fence = fence_after(fence, bare);
        let (mark, place) = match bare {
            BEGIN => (&mut begin, at),
            END => (&mut end, start),
            _ => continue,
        };
        if fence.is_some() {
            bail!(
                "line {number} shows `{bare}` inside a code block; write the mark there in another way, and once outside"
            );
        }
        if let Some((before, _)) = *mark {
            bail!("`{bare}` stands in line {before} and again in line {number}; remove the one that is not meant");
        }
        *mark = Some((number, place));
    }
    let (Some((_, from)), Some((_, to))) = (begin, end) else {
        bail!("it has no lines `{BEGIN}` and `{END}`; write the two where the counts belong")
    };
    if to < from {
        bail!("`{END}` stands before `{BEGIN}`; change their order");
    }
    let new_line = if page[..from].ends_with("\r\n") { "\r\n" } else { "\n" };
    let text = text.replace('\n', new_line);
    Ok(format!("{}{new_line}{text}{new_line}{}", &page[..from], &page[to..]))
}

/// The fence of the code block in which the lines after this one stand.
fn fence_after<'p>(fence: Option<&'p str>, line: &'p str) -> Option<&'p str> {
    let line = line.trim_start();
    let sign = if line.starts_with("~~~") { '~' } else { '`' };
    let signs = &line[..line.len() - line.trim_start_matches(sign).len()];
    match fence {
        None => (signs.len() > 2).then_some(signs),
        // A block ends at as many of its signs, with nothing behind them.
        Some(open) => (!(signs.starts_with(open) && signs == line.trim_end())).then_some(open),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marks_stand_anywhere_and_every_other_line_stays() {
        for (page, expected) in [
            ("<!-- stats -->\n<!-- /stats -->\n", "<!-- stats -->\n\nx\n\n<!-- /stats -->\n"),
            ("a\n<!-- stats -->\nold\n<!-- /stats -->", "a\n<!-- stats -->\n\nx\n\n<!-- /stats -->"),
            ("a\r\n<!-- stats -->\r\n<!-- /stats -->\r\nb", "a\r\n<!-- stats -->\r\n\r\nx\r\n\r\n<!-- /stats -->\r\nb"),
            ("```\nx\n```\n<!-- stats -->\n<!-- /stats -->\n", "```\nx\n```\n<!-- stats -->\n\nx\n\n<!-- /stats -->\n"),
        ] {
            assert_eq!(with_counts(page, "x\n").expect("a page"), expected, "{page:?}");
        }
    }

    #[test]
    fn a_page_in_which_the_place_is_not_sure_is_refused() {
        for (page, told) in [
            ("a\n", "it has no lines"),
            ("<!-- stats -->\n", "it has no lines"),
            ("a <!-- stats -->\n<!-- /stats -->\n", "it has no lines"),
            ("<!-- /stats -->\n<!-- stats -->\n", "change their order"),
            ("```\n<!-- stats -->\n```\nmine\n<!-- stats -->\n<!-- /stats -->\n", "line 2 shows"),
            ("~~~~\n~~~\n<!-- stats -->\n", "line 3 shows"),
            ("<!-- stats -->\nmine\n<!-- stats -->\n<!-- /stats -->\n", "in line 1 and again in line 3"),
        ] {
            let error = with_counts(page, "x\n").expect_err("no place").to_string();
            assert!(error.contains(told), "{page:?}: {error}");
        }
    }
}
