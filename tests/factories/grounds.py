"""One ground of each effect, as a table states them."""

GROUNDS = [
    {"code": "out", "name_vi": "Có vụ việc tham nhũng", "effect": "not_considered"},
    {"code": "held", "name_vi": "Đang bị thanh tra", "effect": "suspended"},
    {
        "code": "cap",
        "name_vi": "Không đạt thu ngân sách",
        "effect": "no_flag",
        "award_cap": "Bằng khen",
    },
    {"code": "minus", "name_vi": "Để xảy ra cháy", "effect": "minus_points", "points": "2"},
]
