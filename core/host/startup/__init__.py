"""How Platen is started by the system: at sign-in for one user, or as a service for all."""
