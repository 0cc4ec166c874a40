//! Lifecycles: the statuses that a history may reach, their order, and which of them end the history. Rules, schemas
//! and documentation read the one table of this module.

mod membership;
mod steps;

pub use membership::{MemberRole, Membership};
pub use steps::{Step, Steps, StepsIter};

/// A status of a lifecycle.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Status {
    /// The status as records write it.
    pub code: &'static str,
    /// The meaning of the status.
    pub meaning: &'static str,
    /// Other words that people type for the status, in lower case with hyphens.
    pub synonyms: &'static [&'static str],
    /// Whether the status ends a history.
    pub terminal: bool,
    /// Whether a history may reach the status several times: the second time is written `suspended-2`.
    pub repeats: bool,
}

const fn step(code: &'static str, meaning: &'static str) -> Status {
    Status { code, meaning, synonyms: words_for(code), terminal: false, repeats: false }
}

const fn again(code: &'static str, meaning: &'static str) -> Status {
    Status { repeats: true, ..step(code, meaning) }
}

const fn last(code: &'static str, meaning: &'static str) -> Status {
    Status { terminal: true, ..step(code, meaning) }
}

/// Other words for a status. Several lifecycles have the same status, with the same words.
const fn words_for(status: &str) -> &'static [&'static str] {
    match status.as_bytes() {
        b"in-force" => &["entered-into-force", "effective", "entry-into-force", "en-vigueur"],
        b"ongoing" => &[
            "started",
            "start",
            "began",
            "from",
            "active",
            "since",
            "en-cours",
            "début",
            "lancement",
            "inicio",
            "بداية",
        ],
        b"completed" | b"ended" => &[
            "finished",
            "end",
            "until",
            "closed",
            "completed",
            "ended",
            "terminé",
            "achevé",
            "fin",
            "clôture",
            "نهاية",
        ],
        b"established" => {
            &["founded", "created", "launched", "from", "créé", "création", "début", "lancement", "inicio", "تأسيس"]
        }
        b"signed" => &["signature", "signé", "signed-on", "firmado", "توقيع"],
        b"joined" => &["member", "since", "from", "acceded", "accession", "adhésion", "début", "depuis", "انضمام"],
        b"withdrew" => &["left", "until", "withdrawn", "retrait", "fin", "انسحاب"],
        _ => &[],
    }
}

/// A lifecycle: the statuses of one sort of history, in the order in which a history reaches them.
pub trait Lifecycle: Sized + 'static {
    /// The name of the definition in the schemas.
    const NAME: &'static str;
    /// The statuses, in order.
    const STATUSES: &'static [Status];
    /// Whether a history may have no step.
    const MAY_BE_EMPTY: bool = false;
}

macro_rules! lifecycles {
    ($($(#[doc = $about:literal])+ $name:ident $(($empty:ident))? [$($status:expr),+ $(,)?];)+) => { $(
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {}

        impl Lifecycle for $name {
            const NAME: &'static str = stringify!($name);
            const STATUSES: &'static [Status] = &[$($status),+];
            $(const MAY_BE_EMPTY: bool = stringify!($empty).len() > 0;)?
        }
    )+

    /// Every lifecycle by name, with its statuses.
    pub const LIFECYCLES: &[(&str, &[Status])] = &[$((stringify!($name), <$name as Lifecycle>::STATUSES)),+];
    };
}

lifecycles! {
    /// The lifecycle of an agreement.
    AgreementSteps [
        step("proposed", "One side has proposed the agreement."),
        step("negotiated", "The text is settled."),
        step("signed", "Signed; for a text without signatures, adopted."),
        step("provisionally-applied", "Applied before the agreement is in force."),
        step("in-force", "Binding on its parties."),
        again("suspended", "Not applied for a time."),
        again("resumed", "Applied again after a suspension."),
        last("terminated", "Ended by its parties."),
        last("expired", "Ended by its own terms."),
        last("superseded", "Replaced by another text."),
    ];
    /// The lifecycle of a framework.
    FrameworkSteps [
        step("proposed", "Proposed, and not yet decided."),
        step("established", "Decided by its convenors."),
        step("operating", "The framework has its first meetings, members or projects."),
        again("dormant", "Not ended, but nothing happens under the framework."),
        last("ended", "Ended by its convenors."),
        last("superseded", "Replaced by another framework."),
    ];
    /// The lifecycle of an operation.
    OperationSteps [
        step("mandated", "A decision or a resolution gives the mandate."),
        step("ongoing", "Forces or ships are at work."),
        last("ended", "The operation is over."),
    ];
    /// The lifecycle of an activity.
    ActivitySteps [
        step("proposed", "Requested or offered."),
        step("approved", "Decided, funded or agreed."),
        step("ongoing", "The activity is under way."),
        last("completed", "Finished."),
        last("cancelled", "Given up before the end."),
    ];
    /// The lifecycle of a membership in a framework, an organisation or a group.
    MemberSteps (empty) [
        step("invited", "Invited to join."),
        step("joined", "A member from this day."),
        again("suspended", "A member without its rights or its seat."),
        again("resumed", "Back after a suspension."),
        last("withdrew", "Left by its own decision."),
        last("expelled", "Excluded by the others."),
    ];
    /// The steps of one party, where they differ from the steps of the agreement.
    PartySteps (empty) [
        step("signed", "Signed by this party."),
        step("ratified", "Ratified, accepted or approved by this party."),
        step("in-force", "Binding on this party."),
        last("withdrew", "This party has left the agreement."),
    ];
}

/// The index of the status and the turn that a key names: `suspended-2` is the second turn of `suspended`.
pub fn parse_key(statuses: &[Status], key: &str) -> Option<(u8, u8)> {
    let found = |code: &str| statuses.iter().position(|status| status.code == code);
    let narrow = |index: usize| u8::try_from(index).ok();
    if let Some(index) = found(key) {
        return narrow(index).map(|index| (index, 1));
    }
    let (code, turn) = key.rsplit_once('-')?;
    let index = found(code).filter(|index| statuses[*index].repeats)?;
    match turn.as_bytes() {
        [turn @ b'2'..=b'9'] => narrow(index).map(|index| (index, turn - b'0')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lifecycle_ends_only_at_its_end() {
        for (name, statuses) in LIFECYCLES {
            let first_terminal = statuses.iter().position(|status| status.terminal).unwrap_or(statuses.len());
            assert!(statuses[first_terminal..].iter().all(|status| status.terminal), "{name}");
            assert!(statuses.iter().all(|status| !(status.terminal && status.repeats)), "{name}");
        }
    }
}
