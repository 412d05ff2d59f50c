"""What a record is: model, vocabulary, dates, names, and what follows from its claims."""
