"""Analysis -> Report: tables and reports for people. One renderer per format in renderers/."""
