"""A static site generator for curated job postings."""

from hiringhall.engine.zone_table import use_newest

use_newest()  # before any module makes a zone
