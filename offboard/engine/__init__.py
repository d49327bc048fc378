"""Look, plan, reserve, record, make, log: the whole way of a run."""
