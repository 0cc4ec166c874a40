//! What the system says of a file without opening it: it differs when the content does.

use std::fs::Metadata;
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
    /// When the content changed, which programs may set.
    pub(crate) modified: i128,
    /// When the content, the name or the permissions changed, which the system sets.
    pub(crate) changed: i128,
    /// The device.
    pub(crate) device: i128,
    /// The number of the file on its device.
    pub(crate) inode: i128,
}

impl Stamp {
    /// The stamp of a file; `None` on systems that do not say enough of a file to tell a changed one for certain.
    #[cfg(unix)]
    #[expect(clippy::unnecessary_wraps, reason = "other systems have no stamp")]
    pub(super) fn of(file: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        Some(Self {
            size: file.size().into(),
            modified: time(file.mtime().into(), file.mtime_nsec().into()),
            changed: time(file.ctime().into(), file.ctime_nsec().into()),
            device: file.dev().into(),
            inode: file.ino().into(),
        })
    }

    /// The stamp of a file; `None` on systems that do not say enough of a file to tell a changed one for certain.
    #[cfg(not(unix))]
    pub(super) fn of(_: &Metadata) -> Option<Self> {
        None
    }

    /// Whether the file had its stamp long enough before `now` for a later write to give it another one.
    pub(super) fn is_settled(self, now: SystemTime) -> bool {
        let since_1970 = now.checked_sub(SETTLED).and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let latest = since_1970.and_then(|since| i128::try_from(since.as_nanos()).ok()).unwrap_or_default();
        self.modified < latest && self.changed < latest
    }
}

/// A time in nanoseconds since 1970.
#[cfg(unix)]
pub(crate) fn time(seconds: i128, nanoseconds: i128) -> i128 {
    seconds * 1_000_000_000 + nanoseconds
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_is_settled_when_both_times_are_past() {
        let now = SystemTime::now();
        let seconds = now.duration_since(UNIX_EPOCH).expect("after 1970").as_secs();
        let ago = |by: i128| time(i128::from(seconds) - by, 0);
        let stamp = |modified, changed| Stamp { size: 1, modified, changed, device: 0, inode: 0 };
        assert!(stamp(ago(4), ago(4)).is_settled(now));
        assert!(!stamp(ago(1), ago(4)).is_settled(now));
        assert!(!stamp(ago(4), ago(1)).is_settled(now), "the time of the content was set back");
        assert!(!stamp(ago(-60), ago(4)).is_settled(now), "written by another clock");
    }
}
