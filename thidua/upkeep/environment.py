"""The variables an office may set: read out of the settings, told in one table of docs/."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

INTRO = """# Biến môi trường

Bảng này do `manage.py draw_environment` vẽ ra từ `thidua/settings/base.py`; `./run test` báo khi
bảng cũ. Ở máy chủ, các biến nằm trong `/etc/thidua.env` ([cài đặt](install.md)). Biến đúng, sai:
`True`, `False`.

| Biến | Mặc định | Ý nghĩa |
|---|---|---|
"""
# What each is for; a variable that the settings read and nobody told here fails the tests.
WORDS = {
    "DJANGO_SETTINGS_MODULE": "`thidua.settings.base` ở cơ quan; `thidua.settings.dev` để chạy thử",
    "SECRET_KEY": "khóa bí mật, bắt buộc; tạo bằng `openssl rand -hex 32`, cất riêng",
    "SECRET_KEY_FALLBACKS": "các khóa cũ, cách nhau bằng dấu phẩy, còn đọc được trong lúc thay",
    "ALLOWED_HOSTS": "tên miền của phần mềm, cách nhau bằng dấu phẩy; trống thì không ai mở được",
    "CSRF_TRUSTED_ORIGINS": "địa chỉ đầy đủ được gửi biểu mẫu, chỉ cần khi proxy đổi tên miền",
    "VAR_DIR": "thư mục dữ liệu, phải có trước và thuộc tài khoản của phần mềm",
    "SHARED_DIR": "thư mục mọi máy web cùng thấy: tệp, việc chạy lâu, bản sao lưu "
    "([nhiều máy](scaling.md))",
    "DATABASE_URL": "cơ sở dữ liệu; ký tự đặc biệt trong mật khẩu viết theo mã phần trăm",
    "TRUSTED_PROXIES": "số proxy đứng trước phần mềm, mỗi proxy tự ghi `X-Forwarded-For`",
    "SECOND_FACTOR": "người giữ các vị trí ở dòng dưới phải có mã trên điện thoại; bản chạy thử "
    "(`dev`) không hỏi, dù đặt gì ở đây và ở `PROOF_MINUTES`",
    "SECOND_FACTOR_SEATS": "các vị trí ấy; thêm được `editor` (mọi cán bộ đầu mối), `bloc_editor` "
    "(chỉ của đơn vị khối trưởng, khối phó)",
    "PROOF_MINUTES": "ký, chốt, ban hành, công bố hỏi lại mã hoặc mật khẩu sau chừng này phút",
    "OIDC_ISSUER": "nơi cấp OpenID Connect của tỉnh, đúng như nơi ấy tự ghi; trống thì không dùng",
    "OIDC_CLIENT_ID": "mã của phần mềm ở nơi cấp; địa chỉ quay về là `/tai-khoan/tinh/ve/`",
    "OIDC_CLIENT_SECRET": "khóa của phần mềm ở nơi cấp",
    "OIDC_NAME": "tên trên nút đăng nhập",
    "OIDC_FACTOR_STATED": "giá trị `acr`, `amr` thay được mã điện thoại; trống thì luôn hỏi mã",
    "VIEW_AS_MINUTES": "cơ quan thường trực xem như người khác được lâu nhất chừng này phút",
    "SESSION_IDLE_MINUTES": "không thao tác chừng này phút thì phiên kết thúc",
    "MEDIA_ROOT": "nơi cất minh chứng, bản quét, văn bản đã ký",
    "FILE_STORAGE": "kho cất tệp khác, dạng JSON ([cài đặt](install.md))",
    "UNIT_QUOTA_MB": "mỗi đơn vị được tải lên chừng này MB trong một năm",
    "DISK_WARNING_MB": "đĩa còn ít hơn thì trang chủ nhắc cơ quan thường trực và quản trị hệ thống",
    "DISK_RESERVE_MB": "đĩa còn ít hơn thì ngừng nhận tệp tải lên",
    "BACKUP_DIR": "nơi ghi các bản sao lưu",
    "JOBS_KEEP_DAYS": "tệp do việc chạy lâu làm ra được giữ chừng này ngày",
    "CLAMD_SOCKET": "ổ cắm của ClamAV, ví dụ `/run/clamav/clamd.ctl`; có thì quét mọi tệp tải lên",
    "SLOW_REQUESTS": "số luồng một tiến trình web được chờ in, chờ đọc tệp; nhỏ hơn `--threads`",
    "PDF_CACHE_MEGABYTES": "chỗ cho bản in tạm; đầy thì bản cũ nhất được xóa và in lại khi cần",
    "SECURE_SSL_REDIRECT": "chuyển http sang https",
    "SECURE_HSTS_SECONDS": "trình duyệt nhớ chỉ dùng https bao nhiêu giây",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": "cả tên miền con; đặt `False` nếu ở đó còn trang chạy http",
    "SECURE_HSTS_PRELOAD": "cho phép trình duyệt biết trước; đặt `False` như trên",
    "SITE_PROVINCE": "tên tỉnh như trên văn bản, ví dụ `Tỉnh Lam Giang`; trống thì không in",
    "SITE_SUPPORT": "dòng cuối trang: hỏi ai khi cần giúp",
}
SAID_ELSEWHERE = {
    "str(ROOT / 'var')": "`var` cạnh mã nguồn",
    "str(VAR)": "`VAR_DIR`",
    "f\"sqlite:///{VAR / 'thidua.sqlite3'}\"": "`sqlite:///VAR_DIR/thidua.sqlite3`",
}
FOLDER = re.compile(r"str\((\w+) / '(\w+)'\)")


@dataclass(frozen=True)
class SettingVariable:
    """A variable as the settings read it; the default as it is written there."""

    name: str
    default: str

    @property
    def default_words(self) -> str:
        """The default as an operator reads it."""
        if self.default in SAID_ELSEWHERE:
            return SAID_ELSEWHERE[self.default]
        if found := FOLDER.fullmatch(self.default):
            return f"`{found[1]}_DIR/{found[2]}`"
        value = ast.literal_eval(self.default)
        if value in ("", []):
            return "trống"
        if isinstance(value, list):
            return f"`{','.join(value)}`"
        return "trên đĩa" if isinstance(value, dict) else f"`{value}`"


def variables() -> list[SettingVariable]:
    """Every variable that the settings of an office read, in the order of the file."""
    source = Path(settings.ROOT, "thidua/settings/base.py").read_text(encoding="utf-8")
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_read(node.func):
            (default,) = (one.value for one in node.keywords if one.arg == "default")
            name = ast.literal_eval(node.args[0])
            found[name] = (node.lineno, SettingVariable(name, ast.unparse(default)))
    return [variable for _, variable in sorted(found.values(), key=lambda pair: pair[0])]


def is_read(function: ast.expr) -> bool:
    """Whether this is `env.str`, `env.int`…"""
    owner = getattr(function, "value", None)
    return isinstance(owner, ast.Name) and owner.id == "env"


def drawing() -> str:
    """The page docs/environment.md."""
    rows = [f"| `{one.name}` | {one.default_words} | {WORDS[one.name]} |\n" for one in variables()]
    return INTRO + "".join(rows)
