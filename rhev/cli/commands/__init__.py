"""The commands, in rooms by what they are for; each is loaded when it is called."""
