/// The records of one file, one a line. Of thousands of lines that cannot be read the first are told of, and the rest
/// counted; a line that is no record and has no name is then not even kept, for a file may have millions of them.
#[derive(Debug, Default)]
pub struct Lines {
    /// As they came, so that millions of them are never copied.
    reads: Vec<Vec<Read>>,
    told: usize,
    more: usize,
}

impl Lines {
    /// How much is to be said of the lines that follow.
    pub fn say(&self) -> Detail {
        if self.told < FINDING_LIMIT { Detail::Everything } else { Detail::Little }
    }

    /// Adds what the next lines gave.
    pub fn extend(&mut self, mut reads: Vec<Read>) {
        reads.retain_mut(|read| {
            if read.entry.record.is_none() {
                let room = FINDING_LIMIT - self.told;
                self.more += usize::from(read.findings.len() > room || room == 0);
                read.findings.truncate(room);
                self.told += read.findings.len();
            }
            // No room for findings that are not told.
            read.findings.shrink_to_fit();
            read.entry.key.is_some() || !read.findings.is_empty()
        });
        // Nor for lines that are not kept.
        reads.shrink_to_fit();
        self.reads.push(reads);
    }

    /// All that is kept, and as one finding more how many lines are not told of.
    #[must_use]
    pub fn finish(mut self) -> Vec<Vec<Read>> {
        let is_told = |read: &&mut Read| read.entry.record.is_none() && !read.findings.is_empty();
        let last = self.reads.iter_mut().flatten().rfind(is_told);
        if let Some(read) = last.filter(|_| self.more > 0) {
            say_more(format!("the faults of {} more lines are not shown", self.more), &mut read.findings);
            read.more = self.more;
        }
        self.reads
    }
}

/// How many findings of records that cannot be read are kept of each of so many files: the fewer, the more files there
/// are, so that all of them together have a bound, and a file of bytes that are no records is no way to fill the memory.
pub fn share(files: usize) -> usize {
    const LEAST: usize = 10;
    (10 * REPORT_LIMIT / files.max(1)).clamp(LEAST, FINDING_LIMIT)
}

/// Keeps so many findings of those records of one file that cannot be read, and counts the rest.
pub fn keep_first(parts: &mut [Vec<Read>], most: usize) {
    let mut unread: Vec<&mut Read> = parts.iter_mut().flatten().filter(|read| read.entry.record.is_none()).collect();
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
        say_more(format!("{more} more faults in this file are not shown"), &mut last.findings);
        last.more = more;
    }
    // A line that has no name, and of which nothing is told, is not even kept.
    let is_told = |read: &Read| read.entry.record.is_some() || read.entry.key.is_some() || !read.findings.is_empty();
    for part in parts {
        part.retain(is_told);
        part.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_more_files_there_are_the_less_is_kept_of_each() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        for (files, kept) in [(1, FINDING_LIMIT), (100, FINDING_LIMIT), (1_000, 100), (1_000_000, 10)] {
            let mut lines = Lines::default();
            let bad = (1..=1_500).map(|number| read_and(Detail::Everything, &file, &Input::part(0, number, 0, "bad")));
            lines.extend(bad.collect());
            let mut parts = lines.finish();
            keep_first(&mut parts, share(files));
            let found: Vec<&Finding> = parts.iter().flatten().flat_map(|read| &read.findings).collect();
            assert_eq!(found.len(), kept + 1, "{files}");
            let said = &found[kept].message;
            assert!(
                said.contains(&format!(" {} more ", 1_500 - kept))
                    || said.starts_with(&format!("{} more ", 1_500 - kept)),
                "{said}"
            );
        }
    }

    /// A file of a few mebibytes may have hundreds of thousands of them.
    #[test]
    fn of_lines_that_are_not_told_only_the_names_are_kept() {
        let file = File::new("data/a.ndjson", "a.ndjson");
        let mut lines = Lines::default();
        for number in 1..=2_000 {
            let input = Input::part(0, number, 0, r#"{"kind":"event","id":"abc"}"#);
            lines.extend(vec![read_and(lines.say(), &file, &input)]);
        }
        let reads: Vec<Read> = lines.finish().into_iter().flatten().collect();
        let told: usize = reads.iter().map(|read| read.findings.len()).sum();
        let room: usize = reads.iter().map(|read| read.findings.capacity()).sum();
        assert_eq!((reads.len(), told), (2_000, FINDING_LIMIT + 1));
        assert!(room < 2 * told, "room for {room} findings is kept, and {told} are told");
    }
}
