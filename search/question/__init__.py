"""A question is read: what each of its words may stand for here."""
