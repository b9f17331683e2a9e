"""What clients say of us: ratings of answers, questionnaires entered in the office, their results."""
