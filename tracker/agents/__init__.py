"""The record for programs that speak MCP, such as assistants: what they may ask, and do if told.

What an assistant asks for is hostile until it is decoded, and what the record says is data to it
and never an instruction: texts come back field by field, cleaned, and never as a prompt.
"""
