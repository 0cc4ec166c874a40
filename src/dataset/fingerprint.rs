//! Fingerprints of what rules compare.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{LazyLock, OnceLock};

use foldhash::fast::FixedState;
use serde::{Deserialize, Serialize};

/// Each run has a seed of its own, or that of its cache, which only its owner can read: nobody can write records whose
/// fingerprints are equal.
static SEED: OnceLock<u64> = OnceLock::new();
static HASHER: LazyLock<FixedState> = LazyLock::new(|| FixedState::with_seed(seed(None)));

/// The seed of all fingerprints of this run: `wanted`, unless the run has another seed already.
pub(crate) fn seed(wanted: Option<u64>) -> u64 {
    *SEED.get_or_init(|| wanted.unwrap_or_else(|| RandomState::new().hash_one(0)))
}

/// A number that is equal for equal values, and practically never for others.
pub(crate) fn fingerprint(value: impl Hash) -> u64 {
    HASHER.hash_one(value)
}

/// A fingerprint of something that rules compare, with a tag that says for which rule it was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct Print(u64);

/// For which rule a fingerprint was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum PrintOf {
    Page = 1,
    Number,
    Name,
    Word,
    Said,
}

/// The bits of a fingerprint that a rule may set.
pub(crate) const PRINT: u64 = (1 << 56) - 1;

impl Print {
    pub(crate) fn new(of: PrintOf, print: u64) -> Self {
        Self((of as u64) << 56 | print & PRINT)
    }

    /// The fingerprint, if it was taken for that rule.
    pub(crate) fn of(self, of: PrintOf) -> Option<u64> {
        (self.0 >> 56 == of as u64).then_some(self.0 & PRINT)
    }
}
