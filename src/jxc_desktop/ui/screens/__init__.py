"""The pages that are neither a list nor a document: home, maps, first page, settings. None imports another."""
