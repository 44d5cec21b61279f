"""What the backlog holds, for the Product Owner to decide about."""
