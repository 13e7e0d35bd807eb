"""Why an Excel file is not read, in sentences: of the worker and of the reading process."""

LARGEST_MB = 10
UNPACKED_MB = 50
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS, MOST_SHEETS = 20_000, 400, 60
# Of the whole file: a bloc of 20 units with sheets of 300 lines has a third of them.
MOST_CELLS = 250_000
# Lines that are drawn and hold nothing, not even an empty cell.
MOST_LINES = 100_000
# What Excel itself can hold.
LAST_ROW, MOST_STYLES = 1_048_576, 65_490
MOST_TEXTS = 500_000

SAVE_AS = "Hãy mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “Excel Workbook (.xlsx)”"
COPY = "Hãy chép số liệu sang tệp mới rồi tải lại."
EMPTY = "Tệp “{name}” không có nội dung. Hãy chọn tệp khác."
TOO_LARGE = (
    f"Tệp “{{name}}” nặng hơn {LARGEST_MB} MB, không phải tệp số liệu. Hãy bỏ ảnh, trang tính thừa."
)
OLD = f"Tệp “{{name}}” là Excel đời cũ (.xls) hoặc có mật khẩu. {SAVE_AS} không mật khẩu."
MACROS = f"Tệp “{{name}}” có macro nên không nhận. {SAVE_AS} không macro rồi tải lại."
NOT_EXCEL = f"Tệp “{{name}}” không phải là tệp Excel (.xlsx). {SAVE_AS} rồi tải lại."
BROKEN = "Tệp “{name}” bị hỏng hoặc chưa trọn vẹn. Hãy mở thử trên máy rồi tải lại."
BOMB = f"Tệp “{{name}}” bung ra quá lớn nên không đọc. {COPY}"
TOO_COSTLY = f"Tệp “{{name}}” quá nặng để đọc: máy chủ đã dừng giữa chừng. {COPY}"
BUSY = "Máy chủ đang đọc nhiều tệp khác. Vui lòng chờ ít phút rồi tải tệp “{name}” lên lại."
UNREACHABLE = (
    "Máy chủ chưa đọc được tệp Excel vì tiến trình đọc tệp không chạy. Vui lòng báo người quản trị."
)
TOO_LONG = f"Trang “{{sheet}}” có hơn {MOST_ROWS} dòng; tệp số liệu không lớn đến thế."
TOO_WIDE = (
    f"Trang “{{sheet}}” có số liệu ở quá cột thứ {MOST_COLUMNS}; tệp số liệu không rộng đến thế."
)
EMPTY_BEYOND = (
    "Trang “{sheet}” có ô kẻ khung hoặc tô màu đến ô {cell}, dù không có số liệu; chỉ đọc đến dòng "
    f"{MOST_ROWS} và cột thứ {MOST_COLUMNS}. Hãy chọn các dòng, cột thừa, bấm Xóa (Delete) rồi "
    "lưu lại."
)
TOO_MANY_CELLS = (
    f"Tệp “{{name}}” có hơn {MOST_CELLS} ô số liệu; tệp số liệu không lớn đến thế. "
    "Hãy bỏ trang thừa."
)
TOO_MANY_SHEETS = f"Tệp “{{name}}” có hơn {MOST_SHEETS} trang tính. Hãy bỏ trang thừa rồi tải lại."
TOO_MANY_STYLES = (
    f"Tệp “{{name}}” có hơn {MOST_STYLES} kiểu định dạng, nhiều hơn Excel mở được. {COPY}"
)
TOO_MANY_TEXTS = f"Tệp “{{name}}” có hơn {MOST_TEXTS} đoạn chữ; tệp số liệu không lớn đến thế."


class WorkbookRefusedError(Exception):
    """The file is not read; the sentence says why and what to do, `details` are its places."""

    def __init__(self, sentence: str, **details: str) -> None:
        super().__init__(sentence)
        self.sentence, self.details = sentence, details
