"""Printed forms: layout, PDF, pictures, forms as data."""
