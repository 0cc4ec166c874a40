//! What the dataset and its records make of the rules.

subject! { each_dataset_rule {
    Policy: unused_allow;
} }
