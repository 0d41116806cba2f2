"""How large a file may be before it is read: each limit once, with its reason.

A small file can unpack to gigabytes, and a sheet with one far cell is a million rows
tall. What a file holds is measured before any reader is given it, so that a file costs
at most about half a gigabyte of memory and ten seconds. The limits lie far above any
return of one authority and any table that a department publishes.
"""

from typing import Final

# An XML file is read child by child, so only its time counts.
MAX_FILE_BYTES: Final = 1_000_000_000
# A CSV file is held whole, several times over. Ten times a county's largest.
MAX_TEXT_BYTES: Final = 400_000_000
# All that one archive unpacks to, and how many files it may hold.
MAX_PACKED_BYTES: Final = 4_000_000_000
MAX_MEMBERS: Final = 10_000
# Tables of text pack ten to sixty times smaller, bombs a thousand times.
MAX_RATIO: Final = 200
RATIO_FROM_BYTES: Final = 10_000_000

# A spreadsheet cell holds no more; anything longer is a lost quotation mark or an attack.
MAX_CELL: Final = 32_767
# The widest published table has about 200 columns.
MAX_COLUMNS: Final = 2_000

# A workbook's sheets are held as rectangles: 32 bytes a cell, filled or not.
MAX_WORKBOOK_BYTES: Final = 120_000_000
MAX_CELLS: Final = 3_000_000
MAX_SHEETS: Final = 200

# The local authority interactive tool's extract has 641,070 rows of 7 columns.
MAX_PARQUET_CELLS: Final = 20_000_000
MAX_PARQUET_BYTES: Final = 250_000_000
