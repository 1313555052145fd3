"""What the command line ``communique`` does; each module is one command."""
