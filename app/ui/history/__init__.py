"""What the History view asks, and how its answers are put."""
