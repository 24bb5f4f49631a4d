"""Business rules: pure functions on frozen values; no SQL, no Qt, no files, no clock, no language.

Inside: documents may use inventory, accounting, tax and pricing, which do not know each other.
A new rule goes where its noun lives; what one document type alone needs stays in its declaration in `doctypes`.
"""
