"""Ofsted's Annex A workbook."""
