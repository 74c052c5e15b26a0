"""Pure image code: arrays, pictures and numbers in, evidence out. No database, no settings, no texts."""
