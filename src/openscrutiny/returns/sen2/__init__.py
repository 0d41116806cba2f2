"""SEN2, the return on education, health and care plans."""
