"""What was sent to Personalize, by whom, and with what outcome."""
