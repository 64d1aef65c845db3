"""Documents of a case: papers kept sealed, each with what it proves, and those still wanted."""
