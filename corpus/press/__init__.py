"""The press: sets the Markdown sources of the starter documents as PDF.

    python -m corpus.press            set all
    python -m corpus.press --check    is each PDF there, and set from the source as it stands?

The same sources, fonts and versions give the same bytes: no clock, no random number and no
setting of the machine goes in. Needs the `dev` extra; nothing else imports fpdf2.
"""
