"""What each template may show, ready to print, and the specimens it is tried with."""
