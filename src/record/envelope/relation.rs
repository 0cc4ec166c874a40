//! Relations between records.

use crate::value::code::codes;

codes! {
    /// The relation of this record to an older one.
    Relation {
        /// Replaces the older one.
        Supersedes = "supersedes",
        /// Changes the older text without replacing it.
        Amends = "amends",
        /// Carries out the older text or decision.
        Implements = "implements",
        /// Has the older one as its basis.
        BasedOn = "based-on",
        /// Succeeds the older actor or operation.
        Continues = "continues",
        /// Follows the older one in a sequence.
        Follows = "follows",
        /// Is a result of the older one.
        ResultOf = "result-of",
        /// Answers the older one.
        RespondsTo = "responds-to",
        /// Took place at the margins of the older one.
        AtMarginsOf = "at-margins-of",
        /// Marks the anniversary of the older one.
        Commemorates = "commemorates",
    }
}
