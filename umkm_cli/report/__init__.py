"""Evidence for people to look at: pages, printed documents, spreadsheets. It translates, and knows no terminal."""
