// Nothing: what its import costs, any import of a file does.
