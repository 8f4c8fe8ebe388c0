"""Pages of other sites, as employers publish jobs on them: how one is requested, and what it says.

Owns no rule about postings; refuses to know what is done with a page.
"""
