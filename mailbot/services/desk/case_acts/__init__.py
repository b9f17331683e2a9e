"""What a person does with a case: acts, readings accepted, letters sent, cases closed or put off."""
