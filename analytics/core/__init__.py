"""What every question starts from: ranked figures, what is known of them, sources, the shape of an answer."""
