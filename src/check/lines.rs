//! The records of a file that holds one a line, and bounds on what is kept of them: a file may have millions of lines
//! that are no records.

use super::read::{Detail, Read, push_remainder};
use crate::lint::{FINDING_LIMIT, REPORT_LIMIT};

/// The records of one file, one a line. Of the lines that cannot be read, the findings of the first are kept, and the
/// rest are counted; a line that is counted and has no name is not kept at all.
#[derive(Debug, Default)]
pub struct Lines {
    /// In the parts in which they came, so that millions of them are never copied.
    reads: Vec<Vec<Read>>,
    /// How many findings of unread lines are kept.
    kept: usize,
    /// How many unread lines have findings that are not kept.
    more: usize,
}

impl Lines {
    /// The detail in which the lines that follow are reported.
    pub fn detail(&self) -> Detail {
        if self.kept < FINDING_LIMIT { Detail::Everything } else { Detail::Little }
    }

    /// Adds the next lines.
    pub fn extend(&mut self, mut reads: Vec<Read>) {
        reads.retain_mut(|read| {
            if !read.entry.is_decoded() {
                let room = FINDING_LIMIT - self.kept;
                self.more += usize::from(read.findings.len() > room || room == 0);
                read.findings.truncate(room);
                self.kept += read.findings.len();
            }
            // Frees the room of the findings that are not kept.
            read.findings.shrink_to_fit();
            read.entry.key.is_some() || !read.findings.is_empty()
        });
        // Frees the room of the lines that are not kept.
        reads.shrink_to_fit();
        self.reads.push(reads);
    }

    /// All that is kept, with one more finding that says how many lines are not shown.
    #[must_use]
    pub fn finish(mut self) -> Vec<Vec<Read>> {
        let is_shown = |read: &&mut Read| !read.entry.is_decoded() && !read.findings.is_empty();
        let last = self.reads.iter_mut().flatten().rfind(is_shown);
        if let Some(read) = last.filter(|_| self.more > 0) {
            push_remainder(format!("the faults of {} more lines are not shown", self.more), &mut read.findings);
            read.more = self.more;
        }
        self.reads
    }
}

/// How many findings of unread records are kept of each file, where there are so many `files`. The more files there
/// are, the fewer, so that all files together have a bound: bytes that are no records must not fill the memory.
pub fn share(files: usize) -> usize {
    const LEAST: usize = 10;
    (10 * REPORT_LIMIT / files.max(1)).clamp(LEAST, FINDING_LIMIT)
}

/// Keeps `most` findings of the unread records of one file, and counts the rest.
pub fn keep_first(parts: &mut [Vec<Read>], most: usize) {
    let mut unread: Vec<&mut Read> = parts.iter_mut().flatten().filter(|read| !read.entry.is_decoded()).collect();
    let all: usize = unread.iter().map(|read| read.findings.len() - usize::from(read.more > 0)).sum();
    if all <= most {
        return;
    }
    let (mut room, mut more) = (most, all - most);
    for read in &mut unread {
        if read.more > 0 {
            read.findings.pop();
            more += std::mem::take(&mut read.more);
        }
        read.findings.truncate(room);
        read.findings.shrink_to_fit();
        room -= read.findings.len();
    }
    if let Some(last) = unread.into_iter().rfind(|read| !read.findings.is_empty()) {
        push_remainder(format!("{more} more faults in this file are not shown"), &mut last.findings);
        last.more = more;
    }
    // A line without a name and without a finding is not kept.
    let is_kept = |read: &Read| read.entry.is_decoded() || read.entry.key.is_some() || !read.findings.is_empty();
    for part in parts {
        part.retain(is_kept);
        part.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use comity_document::input::Input;

    use super::super::{Retention, read_and};
    use super::*;
    use crate::dataset::File;
    use crate::lint::Finding;

    #[test]
    fn the_more_files_there_are_the_less_is_kept_of_each() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        for (files, kept) in [(1, FINDING_LIMIT), (100, FINDING_LIMIT), (1_000, 100), (1_000_000, 10)] {
            let mut lines = Lines::default();
            let bad = (1..=1_500)
                .map(|number| read_and(Detail::Everything, Retention::Whole, &file, &Input::part(0, number, 0, "bad")));
            lines.extend(bad.collect());
            let mut parts = lines.finish();
            keep_first(&mut parts, share(files));
            let found: Vec<&Finding> = parts.iter().flatten().flat_map(|read| &read.findings).collect();
            assert_eq!(found.len(), kept + 1, "{files}");
            let message = &found[kept].message;
            assert!(
                message.contains(&format!(" {} more ", 1_500 - kept))
                    || message.starts_with(&format!("{} more ", 1_500 - kept)),
                "{message}"
            );
        }
    }

    /// A file of a few mebibytes may have hundreds of thousands of such lines.
    #[test]
    fn only_the_names_of_lines_that_are_not_shown_are_kept() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let mut lines = Lines::default();
        for number in 1..=2_000 {
            let input = Input::part(0, number, 0, r#"{"kind":"event","id":"abc"}"#);
            lines.extend(vec![read_and(lines.detail(), Retention::Whole, &file, &input)]);
        }
        let reads: Vec<Read> = lines.finish().into_iter().flatten().collect();
        let shown: usize = reads.iter().map(|read| read.findings.len()).sum();
        let room: usize = reads.iter().map(|read| read.findings.capacity()).sum();
        assert_eq!((reads.len(), shown), (2_000, FINDING_LIMIT + 1));
        assert!(room < 2 * shown, "room for {room} findings is kept, and {shown} are shown");
    }
}
