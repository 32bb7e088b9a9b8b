"""Lets the tests of this folder import the module that makes their documents."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
