"""What several functions of the desk share; no command is done here."""
