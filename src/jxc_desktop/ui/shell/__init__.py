"""The main window: bars, tabs, which page an address means, and how it all starts (`starting.start_window`)."""
