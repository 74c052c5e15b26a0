"""The registry's rules and queries: vendors, motifs, cases, licences, heritage, audit."""
