//! What the system says of a file without opening it: it differs when the content may.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How old a file must be for its stamp to be trusted. Two writes within one step of a file system's clock (two seconds on
/// FAT) may have one time.
const SETTLED: Duration = Duration::from_secs(2);

/// The size and the times of a file, and which file it is. Times are in nanoseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// The size in bytes.
    pub(crate) size: i128,
    /// When the content changed, as any program may set it.
    pub(crate) modified: i128,
    /// When the content, the name or the permissions changed, which no program can set; 0 on systems that do not say it.
    pub(crate) changed: i128,
    /// The device; 0 on systems that do not say it.
    pub(crate) device: i128,
    /// The number of the file on its device; 0 on systems that do not say it.
    pub(crate) inode: i128,
}

impl Stamp {
    /// Whether the file had its stamp long enough before `now` for a later write to give it another one.
    pub(crate) fn is_settled(self, now: SystemTime) -> bool {
        let latest = now.checked_sub(SETTLED).map_or(0, nanoseconds);
        self.modified < latest && self.changed < latest
    }
}

/// The nanoseconds since 1970; 0 for an earlier time.
pub(crate) fn nanoseconds(time: SystemTime) -> i128 {
    let count = |since: Duration| i128::try_from(since.as_nanos()).unwrap_or(i128::MAX);
    time.duration_since(UNIX_EPOCH).map_or(0, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_settled_when_both_times_are_past() {
        let now = SystemTime::now();
        let ago = |seconds: u64| nanoseconds(now - Duration::from_secs(seconds));
        let stamp = |modified, changed| Stamp { size: 1, modified, changed, device: 0, inode: 0 };
        assert!(stamp(ago(3), ago(3)).is_settled(now));
        assert!(!stamp(ago(1), ago(3)).is_settled(now));
        assert!(!stamp(ago(3), ago(1)).is_settled(now), "the time of the content was set back");
        assert!(!stamp(nanoseconds(now + Duration::from_secs(60)), ago(3)).is_settled(now), "written by another clock");
    }
}
