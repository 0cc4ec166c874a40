//! Whether references lead to records that exist and fit, and what is meant where they do not.

mod suggestion;
mod tree;

pub(crate) use suggestion::suggest;
pub(crate) use tree::of_tree;

subject! { each_reference_rule {
    Document: dangling_pointer;
    Record: dangling_reference wrong_kind_reference self_reference;
    Dataset: reference_cycle;
    Record: retired_reference older_to_younger;
    Dataset: orphan;
} }
