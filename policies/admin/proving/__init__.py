"""The desk's pages for worked cases: what comes out of each, composing one, what none decides."""
