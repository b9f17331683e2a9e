"""A message as it goes out: recipient, identity, header fields, attachments, bytes."""
