//! Whether dates can be true together.

subject! { each_time_rule {
    Text: sentinel_date;
    Record: reversed_interval future_as_fact status_order impossible_transition outside_container;
    Record: membership_outside_lifetime not_member_then;
    Dataset: actor_not_existing_then;
    Record: office_not_held_then supersession_order false_precision;
    Dataset: stale_ongoing;
    Record: overdue_plan;
} }
