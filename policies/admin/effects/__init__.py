"""The page that shows what an edition changes against the one it follows."""
