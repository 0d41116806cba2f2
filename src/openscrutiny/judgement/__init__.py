"""What is found of an indicator: values and verdicts, without a word and without a drawing."""
