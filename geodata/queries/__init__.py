"""Which records, and what is asked of them: filters, their conditions, the table and its engine."""
