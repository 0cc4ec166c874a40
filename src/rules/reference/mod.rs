//! Where references lead.

subject! { each_reference_rule {
    Document: dangling_pointer;
    Record: dangling_reference wrong_kind_reference self_reference;
    Dataset: reference_cycle;
    Record: retired_reference older_to_younger;
    Dataset: orphan;
} }
