"""The window as a person sees it: what stands on the screen after which key or press."""
