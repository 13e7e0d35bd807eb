"""Long work outside of requests: asked for on a page, done by a worker, fetched by who asked."""
