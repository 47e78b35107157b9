"""What is shown in a browser: the report of a study."""
