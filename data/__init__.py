"""The ground floor: published figures, what they mean, and the store that keeps them."""
