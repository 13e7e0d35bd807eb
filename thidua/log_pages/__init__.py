"""The log book of all capabilities as the office of the province reads it."""
