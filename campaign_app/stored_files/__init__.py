"""Documents that are kept: sealed files in the instance folder, each with a record of its own."""
