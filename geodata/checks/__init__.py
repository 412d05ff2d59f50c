"""What breaks a rule: across records, in the schema, in quotations."""
