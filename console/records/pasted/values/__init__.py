"""How programs and people write values, and what the types of fields take."""
