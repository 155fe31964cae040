"""A file becomes pages, blocks and passages.

This package knows files and text. It knows no vectors, no SQL and no HTTP.
"""
