"""A press of Create record(s): its submissions are written, sent once, and tried again where AWS refused them."""
