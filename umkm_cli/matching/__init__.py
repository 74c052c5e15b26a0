"""Pure image code: arrays, pictures and numbers in, agreements out. No database, no settings, no texts."""
