"""Registering designs and reference pictures: kept, screened, and put before a person where they look alike."""
