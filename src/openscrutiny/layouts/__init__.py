"""What every return looks like, declared once: names, parts, columns, codes and days."""
