"""What is asked of people at a clinic."""
