"""The page on which a draft is written line by line, beside what the patient will read."""
