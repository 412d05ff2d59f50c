"""What may go out: permission, coarsening, redaction."""
