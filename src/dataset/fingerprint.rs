//! Fingerprints of what rules compare.

use std::hash::{BuildHasher as _, Hash, RandomState};
use std::sync::{LazyLock, OnceLock};

use foldhash::fast::FixedState;

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
