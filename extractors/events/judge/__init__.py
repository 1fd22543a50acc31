"""The grammar's events in, those that a linear model trained on our corpus believes out."""
