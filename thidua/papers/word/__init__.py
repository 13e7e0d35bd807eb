"""Papers as Word files, from the very HTML and stylesheet that the PDF is printed from.

`styles` reads paper.css, `measures` lengths and widths, `flow` turns the HTML into paragraphs and
tables, `writing` is the one file that names python-docx
(docs/decisions/0044-word-from-the-same-html.md).
"""
