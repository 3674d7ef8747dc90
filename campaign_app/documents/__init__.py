"""Setting letters on paper: PDF and DOCX writers and what they know of paper and fonts. No Flask, no database."""
