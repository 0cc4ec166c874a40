//! Whether figures, places and sides fit the world as it is known.

subject! { each_world_rule {
    Record: one_sided_cooperation placeless_place incoherent_quantity disputed_without_claims implausible_point;
    Record: contradictory_figures;
    Document: summary_figure_mismatch;
} }
