"""What people's tools put around a text and before its lines, and the values among its words."""
