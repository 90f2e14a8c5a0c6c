"""Exit codes of the command line."""

EXIT_FAILURE = 1
EXIT_SOME_FAILED = 3
