"""The records sent to Personalize, with sender and outcome."""
