"""An example of an app behind the wall: one kind of note. See docs/how-to/add-a-walled-table.md."""
