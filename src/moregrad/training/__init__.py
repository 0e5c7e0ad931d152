"""Loss, recipe, and the one loop."""
