"""Presses of Create record(s): their submissions are recorded, sent once, and retried if AWS refused them."""
