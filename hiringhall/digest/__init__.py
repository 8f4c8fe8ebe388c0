"""The digest: a letter on what happened to the list, in the forms that mail is sent in.

Owns the letter and its forms; refuses to send anything.
"""
