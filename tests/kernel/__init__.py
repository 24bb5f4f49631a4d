"""Tests of the kernel's values and ground rules: one module per module of `kernel`."""
