"""What units enter in their sheets: for each leaf the answers from the best to the weakest.

The answers are invented. `grade` 0 is a year without a fault; three grades further the total is
lower by more than an appraiser takes off.
"""

from decimal import Decimal

from blocs.scoring import Entry

# (target, values) for figures; a target of None where the table sets or needs none.
DEPARTMENT_FIGURES = {
    "I/1/1.1": (None, ("100", "99.2", "98.4", "97", "95.5")),
    "I/1/1.2": ("100", ("102.5", "100", "98", "96.4", "94")),
    "I/1/1.3": ("20", ("20", "20", "19", "18", "17")),
    "I/2/2.3": (None, ("100", "99.6", "99.1", "98.2", "97")),
    "I/2/2.4": (None, ("96.5", "92", "88", "81.5", "69")),
    "I/3/3.1": (None, ("5", "5", "4", "3", "2")),
    "I/3/3.2": (None, ("100", "98.5", "96", "93", "91.5")),
    "II/2": (None, ("3", "3", "2.75", "2.5", "2.5")),
    "II/3": (None, ("3", "3", "3", "2.75", "2.5")),
    "II/4": (None, ("1", "1", "1", "1", "1")),
    "II/5": (None, ("1", "1", "1", "1", "1")),
    "II/6": (None, ("2", "2", "2", "1.75", "1.5")),
    "II/7": (None, ("1", "1", "1", "1", "1")),
    "III/1": (None, ("1", "1", "1", "1", "1")),
    "III/2": (None, ("4", "4", "3.75", "3.5", "3")),
    "III/4": (None, ("3", "3", "3", "3", "2")),
    "III/5": (None, ("3", "3", "2", "2", "1")),
    "III/6": (None, ("2", "2", "1.75", "1.75", "1.5")),
    "III/7": (None, ("1", "1", "1", "1", "1")),
    "T/T1": (None, ("1", "1", "0", "0", "0")),
    "T/T2": (None, ("1", "0", "0", "0", "0")),
    "T/T3": (None, ("1", "1", "1", "0", "0")),
    "P/P1": (None, ("0", "0", "0", "0", "1")),
    "P/P2": (None, ("0", "0", "0", "0", "1")),
}
DEPARTMENT_CHOICES = {
    "I/2/2.1": ("Xuất sắc", "Xuất sắc", "Tốt", "Tốt", "Khá"),
    "I/2/2.2": ("Nhóm dẫn đầu", "Nhóm dẫn đầu", "Nhóm giữa", "Nhóm giữa", "Nhóm cuối"),
    "II/1": (
        "Hoàn thành xuất sắc nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành tốt nhiệm vụ",
        "Hoàn thành nhiệm vụ",
    ),
    "III/3": (
        "Đủ báo cáo, đúng hạn",
        "Đủ báo cáo, đúng hạn",
        "Đủ báo cáo, đúng hạn",
        "Đủ báo cáo, đúng hạn",
        "Đủ báo cáo, chậm 01 lần",
    ),
}
COMMUNE_FIGURES = {
    "I/1/1.1": ("100", ("118", "112.5", "106", "101", "97")),
    "I/1/1.2": ("95", ("97.4", "95", "92.8", "90", "86.5")),
    "I/1/1.3": ("19", ("19", "19", "18", "17", "16")),
    "I/1/1.4": ("20", ("31", "26", "22", "20", "15")),
    "I/2/2.1": ("1.5", ("2.1", "1.8", "1.6", "1.5", "1.2")),
    "I/2/2.2": ("95", ("96.2", "95.1", "94", "92.5", "91")),
    "I/2/2.3": ("100", ("100", "92", "88", "85", "80")),
    "I/2/2.4": ("95", ("97", "95", "93", "92", "90")),
    "I/3/3.1": ("95", ("98", "95", "93", "90", "85")),
    "I/3/3.2": ("100", ("99.5", "98.7", "97", "95.6", "93")),
    "I/4/4.1": (None, ("1", "1", "1", "1", "1")),
    "I/4/4.2": (None, ("30", "29", "28", "26", "25")),
    "I/4/4.3": (None, ("1", "1", "1", "1", "1")),
    "II/3": (None, ("40", "39", "38", "36", "35")),
    "III/1": (None, ("1", "1", "1", "1", "1")),
    "III/2": (None, ("58", "56", "55", "52", "50")),
    "III/3": (None, ("4", "3", "3", "2", "2")),
    "III/4": ("60", ("66", "62", "58", "55", "50")),
    "III/5": (None, ("4", "4", "4", "3", "3")),
}
COMMUNE_CHOICES = {
    "II/1": (
        "Hoàn thành xuất sắc",
        "Hoàn thành tốt",
        "Hoàn thành tốt",
        "Hoàn thành tốt",
        "Hoàn thành",
    ),
    "II/2": ("Nhóm I", "Nhóm I", "Nhóm II", "Nhóm II", "Nhóm III"),
    "II/4": ("Xuất sắc", "Tốt", "Tốt", "Khá", "Khá"),
}
NOTES = {
    "I/1/1.1": "Theo dữ liệu của Hệ thống theo dõi nhiệm vụ đến ngày lập báo cáo (minh họa).",
    "I/1/1.2": "Số liệu tổng hợp theo báo cáo kinh tế - xã hội năm (minh họa).",
    "I/3/3.1": "Danh mục sáng kiến, mô hình kèm theo.",
    "III/5": "Gương điển hình đã đăng trên Trang thông tin của đơn vị.",
}
# Where appraisers find less than the unit: leaf, how much, why. The first sheet stands as it is.
LOWERED = (
    None,
    ("III/2", Decimal("0.5"), "Kế hoạch phát động phong trào ban hành chậm so với hướng dẫn."),
    ("I/3/3.1", Decimal(1), "Một sáng kiến chưa có quyết định công nhận của cấp có thẩm quyền."),
    ("II/3", Decimal("0.25"), "Còn nhiệm vụ phối hợp chậm theo phản ánh của đơn vị liên quan."),
)
# How many grades lie between one answer and the next, and how leaves are set apart in between.
SPREAD, STRIDE = 8, 5


def answers(name: str, grade: int) -> dict[str, Entry]:
    """The entries of a whole sheet by path; `name` is the file of its table."""
    figures, choices = {
        "bang-khoi-100": (DEPARTMENT_FIGURES, DEPARTMENT_CHOICES),
        "bang-cum-1000": (COMMUNE_FIGURES, COMMUNE_CHOICES),
    }[name]
    entries = {}
    for place, (path, (target, values)) in enumerate(figures.items()):
        value = Decimal(pick(values, grade, place))
        entries[path] = Entry(value=value, target=Decimal(target) if target else None)
    for place, (path, labels) in enumerate(choices.items()):
        entries[path] = Entry(choice=pick(labels, grade, place))
    return entries


def pick(options: tuple[str, ...], grade: int, place: int) -> str:
    """Not all answers get weaker at once: each leaf turns at a grade of its own."""
    return options[min((grade + place * STRIDE % SPREAD) // SPREAD, len(options) - 1)]
