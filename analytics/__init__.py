"""The middle floor: one module per question, pure functions, frames in and frames out."""
