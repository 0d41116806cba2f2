"""Committee papers: PDF, HTML, XLSX and CSV."""
