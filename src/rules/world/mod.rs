//! Whether figures, places and sides fit the world as it is known.

subject! { each_world_rule {
    Linked: one_sided_cooperation placeless_place;
    Alone: incoherent_quantity;
    Linked: disputed_without_claims implausible_point;
    Alone: contradictory_figures;
    Document: summary_figure_mismatch;
} }
