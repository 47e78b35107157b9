"""What is shown in a browser: the report of a study, and pages to play with."""
