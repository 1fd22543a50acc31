"""The three families: what their fields are read from the sentence."""
