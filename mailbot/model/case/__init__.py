"""The life of a case: its states, what was known and decided, its log, its alarms and second looks."""
