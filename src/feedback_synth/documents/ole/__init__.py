"""The containers of Office before 2007: streams inside one file, and the text of a Word 97 document."""
