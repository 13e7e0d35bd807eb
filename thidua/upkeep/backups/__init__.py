"""A backup is a folder: the database at one moment, the files its rows name, a list of both."""
