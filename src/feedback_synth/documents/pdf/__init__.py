"""What a .pdf page is made of: segments of text, ruled tables, columns, paragraphs, margins."""
