"""The digest: a letter on what happened to the list, in the forms in which email is sent.

Owns the letter and its forms; refuses to send anything.
"""
