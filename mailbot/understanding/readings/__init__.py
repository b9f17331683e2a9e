"""Meter readings that a letter passes on for billing."""
