"""Letters of a case: written from it, signed off by a clinician, and from then on unchanged."""
