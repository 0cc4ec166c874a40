//! The records of a file that holds one a line, and bounds on what is kept of them: a file may have millions of lines
//! that are no records.

use super::read::{Detail, Read, push_remainder};
use super::read_list::{ReadFindings, ReadList};
use crate::lint::{FINDING_LIMIT, REPORT_LIMIT};

/// The records of one file, one a line. Keeps the findings of the first undecoded lines and counts the rest. Drops a counted
/// line that has no name.
#[derive(Debug, Default)]
pub struct Lines {
    list: ReadList,
    /// How many findings of undecoded lines are kept.
    kept: usize,
    /// How many undecoded lines have findings that are not kept.
    more: usize,
}

impl Lines {
    /// The detail in which the lines that follow are reported.
    pub fn detail(&self) -> Detail {
        if self.kept < FINDING_LIMIT { Detail::Everything } else { Detail::Little }
    }

    /// Makes room for so many more lines.
    pub fn reserve(&mut self, lines: usize) {
        self.list.reserve(lines);
    }

    /// Adds the next lines.
    pub fn extend(&mut self, reads: Vec<Read>) {
        for mut read in reads {
            if !read.entry.is_decoded() {
                let room = FINDING_LIMIT - self.kept;
                self.more += usize::from(read.findings.len() > room || room == 0);
                if read.findings.len() > room {
                    // The finding that gives the rest of the line is not kept either.
                    read.findings.truncate(room);
                    read.more = 0;
                }
                self.kept += read.findings.len();
            }
            // Frees the room of the findings that are not kept.
            read.findings.shrink_to_fit();
            if is_kept(&read) {
                self.list.push(read);
            }
        }
    }

    /// All that is kept, with one more finding that says how many lines are not shown.
    #[must_use]
    pub fn finish(mut self) -> ReadList {
        if self.more > 0
            && let Some(last) = of_undecoded(&mut self.list).rfind(|found| !found.findings.is_empty())
        {
            push_remainder(format!("the faults of {} more lines are not shown", self.more), &mut last.findings);
            last.more = self.more;
        }
        self.list
    }
}

/// Whether a line is kept: not if it is undecoded, has no name, and has no finding that is shown.
fn is_kept(read: &Read) -> bool {
    read.entry.is_decoded() || read.entry.key.is_some() || !read.findings.is_empty()
}

/// What was found in undecoded records.
fn of_undecoded(list: &mut ReadList) -> impl DoubleEndedIterator<Item = &mut ReadFindings> {
    let entries = &list.entries;
    let is_undecoded = |(index, _): &(usize, _)| !entries[*index].is_decoded();
    list.found.iter_mut().filter(move |found| is_undecoded(found)).map(|(_, found)| found)
}

/// How many findings of undecoded records are kept of each file, where there are so many `files`. The more files there
/// are, the fewer, so that all files together have a bound: bytes that are no records must not fill the memory.
pub fn share(files: usize) -> usize {
    const LEAST: usize = 10;
    (10 * REPORT_LIMIT / files.max(1)).clamp(LEAST, FINDING_LIMIT)
}

/// Keeps `most` findings of the undecoded records of one file, and counts the rest.
pub fn keep_first(list: &mut ReadList, most: usize) {
    let all: usize = of_undecoded(list).map(|found| found.findings.len() - usize::from(found.more > 0)).sum();
    if all <= most {
        return;
    }
    let (mut room, mut more) = (most, all - most);
    for found in of_undecoded(list) {
        if found.more > 0 {
            found.findings.pop();
            more += std::mem::take(&mut found.more);
        }
        found.findings.truncate(room);
        found.findings.shrink_to_fit();
        room -= found.findings.len();
    }
    if let Some(last) = of_undecoded(list).rfind(|found| !found.findings.is_empty()) {
        push_remainder(format!("{more} more faults in this file are not shown"), &mut last.findings);
        last.more = more;
    }
    *list = std::mem::take(list).into_reads().filter(is_kept).collect();
}

#[cfg(test)]
mod tests {
    use comity_document::input::Input;

    use super::super::{FileInput, Retention, read_each};
    use super::*;
    use crate::dataset::File;
    use crate::lint::Finding;

    #[test]
    fn the_more_files_there_are_the_less_is_kept_of_each() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        for (files, kept) in [(1, FINDING_LIMIT), (100, FINDING_LIMIT), (1_000, 100), (1_000_000, 10)] {
            let mut lines = Lines::default();
            let bad: Vec<FileInput<'_>> =
                (1..=1_500).map(|number| FileInput::new(&file, Input::part(0, number, 0, "bad"))).collect();
            lines.extend(read_each(Detail::Everything, Retention::Whole, &bad));
            let mut list = lines.finish();
            keep_first(&mut list, share(files));
            let found: Vec<Finding> = list.into_reads().flat_map(|read| read.findings).collect();
            assert_eq!(found.len(), kept + 1, "{files}");
            let message = &found[kept].message;
            assert!(
                message.contains(&format!(" {} more ", 1_500 - kept))
                    || message.starts_with(&format!("{} more ", 1_500 - kept)),
                "{message}"
            );
        }
    }

    #[test]
    fn a_line_with_more_faults_than_are_kept_is_counted_once() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let fields: Vec<String> = (0..2 * FINDING_LIMIT).map(|n| format!("\"x{n}\":1")).collect();
        let texts = ["first", "second"].map(|id| format!(r#"{{"kind":"event","id":"{id}",{}}}"#, fields.join(",")));
        let inputs: Vec<FileInput<'_>> =
            (1..).zip(&texts).map(|(number, text)| FileInput::new(&file, Input::part(0, number, 0, text))).collect();
        let mut lines = Lines::default();
        lines.extend(read_each(lines.detail(), Retention::Whole, &inputs));
        let mut list = lines.finish();
        keep_first(&mut list, 100);
        let found: Vec<Finding> = list.into_reads().flat_map(|read| read.findings).collect();
        assert_eq!(found.len(), 101);
        assert!(found[100].message.ends_with("more faults in this file are not shown"), "{}", found[100].message);
    }

    /// A file of a few mebibytes may have hundreds of thousands of such lines.
    #[test]
    fn only_the_names_of_lines_that_are_not_shown_are_kept() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let mut lines = Lines::default();
        for number in 1..=2_000 {
            let input = Input::part(0, number, 0, r#"{"kind":"event","id":"abc"}"#);
            lines.extend(read_each(lines.detail(), Retention::Whole, &[FileInput::new(&file, input)]));
        }
        let reads: Vec<Read> = lines.finish().into_reads().collect();
        let shown: usize = reads.iter().map(|read| read.findings.len()).sum();
        let room: usize = reads.iter().map(|read| read.findings.capacity()).sum();
        assert_eq!((reads.len(), shown), (2_000, FINDING_LIMIT + 1));
        assert!(room < 2 * shown, "room for {room} findings is kept, and {shown} are shown");
    }
}
