"""Tables of letters and sheets: cells, what the headings say of columns, and the meters and accounts in the rows."""
