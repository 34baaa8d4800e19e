"""Rankings: any index, edition and component."""
