"""Each letter of ours composed: the reply, bill, reminder, alarm and report."""
