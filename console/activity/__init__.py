"""Activity: what people did in the console apart from sending records: who, when and from where."""
