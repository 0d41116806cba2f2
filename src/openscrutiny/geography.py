"""Facts about places: authorities that exist, regions, and England.

Numbers and codes are those of the Department for Education and the Office for National
Statistics. Names come from the publications that are loaded.
"""

from typing import Final

__all__ = [
    "CURRENT_AUTHORITIES",
    "ENGLAND",
    "LAIT_AREAS",
    "REGION_CODES",
    "is_current_authority",
]

ENGLAND: Final = "E92000001"

REGION_CODES: Final[dict[str, str]] = {
    "north east": "E12000001",
    "north west": "E12000002",
    "yorkshire and the humber": "E12000003",
    "east midlands": "E12000004",
    "west midlands": "E12000005",
    "east of england": "E12000006",
    "london": "E12000007",
    "south east": "E12000008",
    "south west": "E12000009",
    "inner london": "E13000001",
    "outer london": "E13000002",
    "london (inner)": "E13000001",
    "london (outer)": "E13000002",
}

# The local authority interactive tool numbers England and the regions from 970.
LAIT_AREAS: Final[dict[str, str]] = {
    "970": ENGLAND,
    "980": "E12000001",
    "981": "E12000002",
    "982": "E12000003",
    "983": "E12000004",
    "984": "E12000005",
    "985": "E12000006",
    "986": "E12000007",
    "987": "E13000001",
    "988": "E13000002",
    "989": "E12000008",
    "990": "E12000009",
}

# The 153 authorities with children's services since April 2023, by DfE's number.
CURRENT_AUTHORITIES: Final[frozenset[str]] = frozenset(
    (
        "201 202 203 204 205 206 207 208 209 210 211 212 213 301 302 303 304 "
        "305 306 307 308 309 310 311 312 313 314 315 316 317 318 319 320 330 "
        "331 332 333 334 335 336 340 341 342 343 344 350 351 352 353 354 355 "
        "356 357 358 359 370 371 372 373 380 381 382 383 384 390 391 392 393 "
        "394 420 800 801 802 803 805 806 807 808 810 811 812 813 815 816 821 "
        "822 823 825 826 830 831 838 839 840 841 845 846 850 851 852 855 856 "
        "857 860 861 865 866 867 868 869 870 871 872 873 874 876 877 878 879 "
        "880 881 882 883 884 885 886 887 888 889 890 891 892 893 894 895 896 "
        "908 916 919 921 925 926 929 931 933 935 936 937 938 940 941 942 943 "
    ).split()
)


def is_current_authority(code: str) -> bool:
    """Say whether an authority bears this number today."""
    return code in CURRENT_AUTHORITIES
