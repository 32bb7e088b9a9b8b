"""What a .docx file is made of: parts, styles, automatic numbers, runs with their tracked changes."""
