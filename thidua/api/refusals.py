"""Why a request is not answered, as programs and people read it."""


class RefusedError(Exception):
    """A request that gets no facts: the status, an English word, a Vietnamese sentence.

    `wait` are the seconds after which it may be asked again; 0: it does not depend on time.
    """

    def __init__(self, status: int, code: str, message: str, wait: int = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.wait = status, code, message, wait


NO_SUCH = "Không có dữ liệu ở địa chỉ này, hoặc người lập mã không được xem."
READ_ONLY = "Chỉ đọc được (GET, HEAD); không ghi gì qua địa chỉ này."
UNREADABLE = "Yêu cầu này không đọc được."
CLOSED = "Yêu cầu này không được nhận ở đây."
FAULTY = "Hệ thống gặp lỗi; lỗi đã được ghi lại cho bộ phận kỹ thuật. Thử lại sau ít phút."
# What is said where no view of ours had the word: of any other status, the last of its kind.
SAID = {
    403: ("closed_address", CLOSED),
    404: ("not_found", NO_SUCH),
    405: ("read_only", READ_ONLY),
}


def refusal_of(status: int) -> RefusedError:
    """The refusal that says no more than a status: nothing asked, nothing of the inside."""
    of_kind = ("fault", FAULTY) if status >= 500 else ("unreadable", UNREADABLE)
    return RefusedError(status, *SAID.get(status, of_kind))
