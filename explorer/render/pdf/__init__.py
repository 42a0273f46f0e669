"""The structure that makes a PDF readable by assistive technology."""
