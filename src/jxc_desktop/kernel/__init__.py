"""Values and ground rules: money, quantity, rate, rounding, ids, clock, errors, problems, text, changes.

Everything may import the kernel; the kernel imports the standard library only.
A new value is one frozen class declared with `@value` in a module of its own name.
"""
