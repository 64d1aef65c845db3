"""The clinic's workspace: cases carried through authorization, denial and appeal."""
