"""A file of rows in, a result for each row out."""
