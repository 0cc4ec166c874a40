//! What sources support, and how much rests on each.

subject! { each_evidence_rule {
    Document: known_unknown unsupported_fact unreconciled_source contested_without_dissent;
    Alone: unlocatable_source;
    Linked: report_before_event;
    Alone: archive_before_publication copy_of_another_page address_date_mismatch done_on_announcement copy_without_origin;
    Record: weak_source_alone late_reports_only;
    Alone: archive_missing;
    Record: single_origin one_party_evidence;
    History: changed_without_evidence;
} }
