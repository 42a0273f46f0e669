"""How the program starts: the database, the window, and what is done beside the first chart."""
