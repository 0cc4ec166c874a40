//! What the dataset makes of its rules.

subject! { each_dataset_rule {
    Policy: unused_allow;
} }
