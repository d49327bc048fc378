"""Every e-mail: a template and the model make a message; the words themselves stand in `templates/`."""
