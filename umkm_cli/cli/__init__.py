"""The command line: one file for each noun, and the only place that prints, translates or exits."""
