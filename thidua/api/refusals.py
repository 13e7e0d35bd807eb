"""Why a request is not answered, as programs and people read it."""


class RefusedError(Exception):
    """A request that gets no facts: the status, an English word, a Vietnamese sentence.

    `wait` are the seconds after which it may be asked again; 0: it does not depend on time.
    """

    def __init__(self, status: int, code: str, message: str, wait: int = 0) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.wait = status, code, message, wait
