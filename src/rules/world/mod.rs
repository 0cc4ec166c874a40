//! Whether figures, places and sides fit the world as it is known.

mod kept_side;

subject! { each_world_rule {
    Linked: one_sided_cooperation wrong_side;
    Alone: missing_role;
    Linked: placeless_place;
    Document: incoherent_quantity;
    Linked: disputed_without_claims implausible_point;
    Alone: contradictory_figures;
    Document: summary_figure_mismatch;
} }
