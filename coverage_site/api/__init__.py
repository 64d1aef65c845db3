"""What addresses for programs share: problems, bodies, keeping and limits."""
