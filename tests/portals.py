"""A job portal as employers use them: pages that state a job's facts so that programs can read them.

Owns such pages and a server of them; refuses to know what is read from them.
"""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.serving import Quiet

JOB = {"@type": "JobPosting", "title": "Field Organizer", "hiringOrganization": {"name": "Local 12"}}


def page(*jobs: dict[str, Any], data: str | None = None) -> str:
    """Return a page with the data of these jobs."""
    said = json.dumps({"@context": "https://schema.org", "@graph": jobs}) if data is None else data
    return f'<!doctype html><title>Jobs</title><script type="application/ld+json">{said}</script><p>Apply'


def place(**parts: object) -> dict[str, Any]:
    """Return a place of work with these parts of its address."""
    return {"@type": "Place", "address": {"@type": "PostalAddress", **parts}}


NEW_HAVEN = place(addressLocality="New Haven", addressRegion="CT", addressCountry="US")


class Portal(Quiet, BaseHTTPRequestHandler):
    """Answers with a job at `/12`, and nothing else; at `/odd` not even as a server does."""

    def do_GET(self):
        if self.path == "/odd":
            self.wfile.write(b"\x1b[2J\r\n")
            return
        body = page(JOB | {"jobLocation": NEW_HAVEN, "datePosted": "2026-03-01"}).encode()
        status = {"/12": 200, "/refused": 403}.get(self.path.partition("?")[0], 404)
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
