"""Reports: pages and printed documents."""
