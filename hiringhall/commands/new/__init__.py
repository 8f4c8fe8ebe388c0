"""The command `new`, which drafts a posting's file: from answers at a terminal, or from a filled-in form.

Owns the draft and what is asked for it; refuses to judge an answer, which the intake does.
"""
