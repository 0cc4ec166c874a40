//! Whether references lead to records that exist and fit, and what is meant where they do not.

mod each_as_entry;
mod gone;
mod office;
mod other_thing;
mod suggestion;
mod tree;

pub(crate) use suggestion::suggest;
pub(crate) use tree::of_tree;
pub(crate) use wrong_kind_reference::admits;

subject! { each_reference_rule {
    Document: dangling_pointer;
    Linked: dangling_reference wrong_kind_reference;
    Alone: self_reference;
    Overview: reference_cycle;
    Linked: retired_reference older_to_younger;
    Overview: orphan;
} }
