"""Business days of a small shop, one file per document type: what is posted, and everything that follows from it.

`business` holds the shop and the ways to look at it. A scenario asserts stock, open items, every voucher line and the
numbers; then the same after amending, voiding, reversing and rebuilding. To add a type, add its file.
"""
