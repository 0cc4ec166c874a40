//! Whether dates can be true together.

subject! { each_time_rule {
    Text: sentinel_date;
    Alone: reversed_interval future_as_fact status_order impossible_transition;
    Linked: outside_container membership_outside_lifetime not_member_then;
    Overview: actor_not_existing_then;
    Linked: office_not_held_then supersession_order false_precision;
    Dataset: stale_ongoing;
    Alone: overdue_plan;
} }
