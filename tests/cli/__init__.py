"""The command line as a user or a script meets it: what is printed, and the exit code."""
