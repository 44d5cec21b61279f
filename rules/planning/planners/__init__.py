"""Planning of several sprints, for any issue tracker: values in, a plan out (docs/planning.md)."""
