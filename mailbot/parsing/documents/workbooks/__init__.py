"""Workbooks of Excel, every visible sheet as rows."""
