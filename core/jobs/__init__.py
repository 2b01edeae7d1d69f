"""What each action does: one module a job. The agent runs them; events say how they go."""
