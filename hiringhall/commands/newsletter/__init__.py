"""The newsletter that `digest` writes: what happened to the list, in the forms in which email is sent.

Owns the letter and its forms; refuses to send anything.
"""
