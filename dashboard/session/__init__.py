"""What belongs to one reader's session: the address, the context, kept answers, the returning visitor, jobs."""
