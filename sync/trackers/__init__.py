"""Where issues come from and where labels, comments and sprints go."""
