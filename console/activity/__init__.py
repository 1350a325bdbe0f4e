"""Activity: what people did in the console beside sending records, who, when and from where."""
