"""How an edition goes live: its page in review, and where each one stands on the way."""
