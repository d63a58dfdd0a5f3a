"""The log: who did what, and whom they saw. Appended by functions of the database, sealed, never changed."""
