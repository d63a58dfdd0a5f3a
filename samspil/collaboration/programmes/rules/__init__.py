"""What may be adopted and published, what differs between two versions, and what a draft would do. Pure."""
