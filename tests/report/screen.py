"""A terminal that keeps what is written to it."""

import io


class Screen(io.StringIO):
    def isatty(self):
        return True
