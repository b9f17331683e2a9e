"""The report in Russian: its titles, figures, legend, charts and table layout."""
