"""The commands people type. Only this package prints and exits."""
