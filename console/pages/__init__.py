"""The pages: one module for each page or tight group of pages, with its view and its form."""
