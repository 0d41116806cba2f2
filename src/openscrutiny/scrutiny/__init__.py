"""Meetings, people and roles: the only data that a person writes.

Django is set up before anything here is imported, so that a module names its tables as it
names any other class. In which workspace they lie is said later: database.py.
"""

from openscrutiny.scrutiny.database import set_up_django

set_up_django()
