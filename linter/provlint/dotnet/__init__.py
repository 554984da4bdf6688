"""The behaviour of .NET 8 to 10 in Python: regular expressions, dates, strings and numbers."""
