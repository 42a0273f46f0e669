"""Cards of text with buttons: what they hold, how they are set, and dialogs of them."""
