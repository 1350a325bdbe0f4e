"""Tables as databases, spreadsheets and programs write them."""
