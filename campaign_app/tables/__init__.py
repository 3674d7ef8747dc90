"""Tables that people send us as CSV or XLSX, and those that they take with them. Pure."""
