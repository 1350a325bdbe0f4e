"""Known records: the last version sent, every version before, and the events that ended them."""
