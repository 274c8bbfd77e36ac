"""The pages: sign-in, queue, deal with its stages, register, people and settings. They call actions and queries, never models."""
