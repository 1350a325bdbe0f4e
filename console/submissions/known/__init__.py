"""What is known of records: what was sent last, every version before, and what ended them."""
