"""Reading scans of signature sheets: which sheet a page is, and which of its rows are filled. Names are never read.

``pages`` takes pictures out of files, ``codes`` finds the QR code, ``marks`` and ``flattening`` undo how the page lay,
``ink`` tells what was written from what was printed, ``strikes`` finds what is struck out, ``rows`` judges. ``read``
does all of it with one page. All of it needs what the extra ``scans`` installs.
"""
