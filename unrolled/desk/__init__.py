"""What a learner touches: checks, hints, progress, the command."""
