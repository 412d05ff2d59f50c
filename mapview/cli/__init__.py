"""The command `mapview`, one module a family of subcommands."""
