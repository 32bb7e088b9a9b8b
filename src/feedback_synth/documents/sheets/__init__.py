"""What a workbook is made of: shared strings, number formats, sheets."""
