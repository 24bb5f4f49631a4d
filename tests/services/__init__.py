"""The use cases of the product, played and compared."""
