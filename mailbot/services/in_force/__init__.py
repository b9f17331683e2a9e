"""The rules and templates in force: the files with what staff changed, checked whole before they hold."""
