"""What addresses for programs share: problems, bodies, and how long an answer is kept."""
