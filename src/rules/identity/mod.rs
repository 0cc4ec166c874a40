//! Which record is which: ids, identifiers, and records that seem to be the same.

subject! { each_identity_rule {
    Dataset: duplicate_id;
    Document: identifier_checksum;
    Dataset: duplicate_source probable_duplicate shared_identifier;
    History: vanished_id;
} }
