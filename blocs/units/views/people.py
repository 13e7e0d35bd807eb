from django.conf import settings
from django.contrib import messages
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Prefetch
from django.db.models.functions import Collate
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from blocs.units.actions import people as acts
from blocs.units.actions.identities import link_identity, unlink_identity
from blocs.units.actions.requests import ask_for_new_factor
from blocs.units.filters import LogFilter, PersonFilter
from blocs.units.forms.people import (
    ConfirmForm,
    IdentityForm,
    PasswordForm,
    PersonEditForm,
    PersonForm,
    SeatEndForm,
    SeatForm,
)
from blocs.units.models.requests import AccountRequest
from blocs.units.models.seats import Seat, limits_of
from thidua.accounts.brakes import keys_of, paused_keys
from thidua.accounts.models import User
from thidua.accounts.second_factor import has_factor
from thidua.common.models import ActivityEntry
from thidua.common.pages.second_writer import SecondWriter
from thidua.common.pages.views import FormPage, ListPage, ObjectFormPage, ObjectPage
from thidua.common.vietnamese.collation import COLLATION
from thidua.common.vietnamese.dates import moment_words

HOME = ("Trang chủ", "/")
ACCOUNT = ("full_name", "username", "phone")
SECOND_PERSON = (
    "Vị trí lãnh đạo đơn vị, cơ quan thường trực, Hội đồng, Chủ tịch, quản trị hệ thống, kiểm "
    "toán, thanh tra có hiệu lực khi một người khác của cơ quan thường trực hoặc Chủ tịch xác nhận."
)
WAITING = "Đã gửi đề nghị. Việc này có hiệu lực khi người thứ hai xác nhận."
SEAT = ("role", "unit", "title", "starts_on", "ends_on", "sees_only", "edits_only")


def say_done(request, done, words):
    """What became of it: done at once, or waiting for a second person."""
    messages.success(request, WAITING if isinstance(done, AccountRequest) else words)


class PersonList(ListPage):
    template_name = "units/person_list.html"
    permission_required = "units.manage_people"
    filterset_class = PersonFilter
    breadcrumbs = (HOME, ("Người dùng", None))

    def get_rows(self):
        today = Seat.objects.on(timezone.localdate()).select_related("unit").order_by("pk")
        seats = Prefetch("seats", queryset=today, to_attr="current_seats")
        return User.objects.order_by(Collate(F("full_name"), COLLATION), "pk").prefetch_related(
            seats
        )


class PersonMixin:
    """Pages about one person; for everybody but the system administrator there are none."""

    permission_required = "units.manage_people"
    see_permission = "units.manage_people"
    crumb = ""

    def get_queryset(self):
        return User.objects.all()

    def get_person(self):
        return self.object

    def get_breadcrumbs(self):
        person = self.get_person()
        crumbs = [HOME, ("Người dùng", reverse("units:person_list"))]
        if not self.crumb:
            return [*crumbs, (str(person), None)]
        return [*crumbs, (str(person), person_url(person)), (self.crumb, None)]

    def get_success_url(self):
        return person_url(self.get_person())


def person_url(person):
    return reverse("units:person_detail", args=(person.pk,))


class PersonDetail(PersonMixin, ObjectPage):
    template_name = "units/person_detail.html"

    def get_context_data(self, **kwargs):
        today, is_factor_set = timezone.localdate(), has_factor(self.object)
        seats = list(self.object.seats.select_related("unit").order_by("-starts_on", "-pk"))
        limits = limits_of(seats)
        identity = getattr(self.object, "identity", None) if settings.OIDC_ISSUER else None
        return super().get_context_data(
            facts=self.get_facts(is_factor_set),
            is_factor_set=is_factor_set,
            seats=[
                {
                    "seat": seat,
                    "is_open": seat.ends_on is None or seat.ends_on >= today,
                    "limits": limits.get(seat.pk, ""),
                }
                for seat in seats
            ],
            requests=self.object.account_requests.waiting().for_list(),
            is_self=self.object == self.request.user,
            has_provider=bool(settings.OIDC_ISSUER),
            subject=identity.subject if identity else "",
            is_paused=not paused_keys().keys().isdisjoint(keys_of(self.object.username)),
            **kwargs,
        )

    def get_facts(self, is_factor_set):
        person = self.object
        return [
            ("Tên đăng nhập", person.username),
            ("Điện thoại", person.phone or "chưa ghi"),
            ("Tài khoản", "đang dùng" if person.is_active else "đã ngừng"),
            ("Mật khẩu", self.get_password_words()),
            ("Bước xác thực thứ hai", "đã đặt" if is_factor_set else "chưa đặt"),
            ("Đăng nhập gần nhất", self.get_sign_in_words()),
        ]

    def get_password_words(self):
        if self.object.must_change_password:
            return "phải đổi ở lần đăng nhập tới"
        return "do người dùng tự đặt"

    def get_sign_in_words(self):
        at = self.object.last_login
        return moment_words(at) if at else "chưa đăng nhập"


class PersonNew(FormPage):
    permission_required = "units.manage_people"
    form_class = PersonForm
    heading = "Thêm người dùng"
    submit_label = "Mở tài khoản"
    success_message = "Đã mở tài khoản. Hãy chuyển mật khẩu lần đầu cho người dùng."
    consequence = SECOND_PERSON
    breadcrumbs = (
        HOME,
        ("Người dùng", reverse_lazy("units:person_list")),
        ("Thêm người dùng", None),
    )

    def get_cancel_url(self):
        return reverse("units:person_list")

    def get_success_url(self):
        return person_url(self.object)

    def act(self, form):
        data = form.cleaned_data
        return acts.create_person(
            actor=self.request.user,
            data={name: data[name] for name in ACCOUNT},
            password=data["password"],
            seat={name: data[name] for name in SEAT},
        )


class PersonEdit(PersonMixin, SecondWriter, ObjectFormPage):
    form_class = PersonEditForm
    crumb = "Sửa thông tin"
    heading = "Sửa thông tin người dùng"

    def save(self, form, *, seen):
        data = form.cleaned_data
        return acts.edit_person(self.object, actor=self.request.user, data=data, seen=seen)


class SeatNew(PersonMixin, ObjectFormPage):
    form_class = SeatForm
    crumb = "Giao vị trí"
    submit_label = "Giao vị trí"
    success_message = ""
    consequence = SECOND_PERSON

    def get_heading(self):
        return f"Giao vị trí – {self.object}"

    def act(self, form):
        done = acts.give_seat(self.object, actor=self.request.user, **form.cleaned_data)
        say_done(self.request, done, "Đã giao vị trí.")


class SeatEnd(PersonMixin, ObjectFormPage):
    form_class = SeatEndForm
    crumb = "Kết thúc vị trí"
    submit_label = "Kết thúc vị trí"
    success_message = "Đã ghi ngày kết thúc vị trí."

    def get_queryset(self):
        return Seat.objects.select_related("user", "unit")

    def get_person(self):
        return self.object.user

    def get_initial(self):
        return {"ends_on": timezone.localdate()}

    def get_heading(self):
        return f"Kết thúc vị trí – {self.object}"

    def act(self, form):
        return acts.end_seat(self.object, actor=self.request.user, **form.cleaned_data)


class PersonReset(PersonMixin, ObjectFormPage):
    form_class = PasswordForm
    crumb = "Đặt lại mật khẩu"
    submit_label = "Đặt lại mật khẩu"
    success_message = ""
    consequence = (
        "Mật khẩu cũ không dùng được nữa; người dùng phải đổi mật khẩu ở lần đăng nhập tới và thấy "
        "trên trang chủ ai đã đặt lại. Với lãnh đạo đơn vị và người giữ vị trí ở tỉnh, mật khẩu cũ "
        "còn dùng được cho đến khi người thứ hai xác nhận."
    )

    def get_heading(self):
        return f"Đặt lại mật khẩu – {self.object}"

    def act(self, form):
        done = acts.reset_password(self.object, actor=self.request.user, **form.cleaned_data)
        say_done(self.request, done, "Đã đặt lại mật khẩu và bỏ tạm dừng đăng nhập.")


class PersonFactor(PersonMixin, ObjectFormPage):
    form_class = ConfirmForm
    crumb = "Bỏ bước xác thực thứ hai"
    submit_label = "Đề nghị bỏ"
    success_message = WAITING
    consequence = (
        "Dành cho người mất điện thoại và mã dự phòng. Khi người thứ hai xác nhận, mọi phiên của "
        "người này kết thúc và lần đăng nhập tới phải đặt lại bước xác thực thứ hai."
    )

    def get_heading(self):
        return f"{self.crumb} – {self.object}"

    def act(self, form):
        ask_for_new_factor(self.object, actor=self.request.user)


class PersonIdentity(PersonMixin, ObjectFormPage):
    form_class = IdentityForm
    crumb = "Gắn tài khoản của tỉnh"
    submit_label = "Gắn"
    success_message = ""
    consequence = (
        "Ai đăng nhập ở hệ thống của tỉnh với mã này thì vào phần mềm với tên người này. Với lãnh "
        "đạo đơn vị và người giữ vị trí ở tỉnh, việc gắn có hiệu lực khi người thứ hai xác nhận."
    )

    def get_heading(self):
        return f"{self.crumb} – {self.object}"

    def act(self, form):
        done = link_identity(self.object, actor=self.request.user, **form.cleaned_data)
        say_done(self.request, done, "Đã gắn tài khoản của tỉnh.")


class PersonUnlink(PersonMixin, ObjectFormPage):
    form_class = ConfirmForm
    crumb = "Bỏ gắn tài khoản của tỉnh"
    submit_label = "Bỏ gắn"
    success_message = "Đã bỏ gắn tài khoản của tỉnh."
    consequence = "Mọi phiên của người này kết thúc; từ nay chỉ đăng nhập bằng tên và mật khẩu."

    def get_heading(self):
        return f"{self.crumb} – {self.object}"

    def act(self, form):
        return unlink_identity(self.object, actor=self.request.user)


class PersonStop(PersonMixin, ObjectFormPage):
    form_class = ConfirmForm
    crumb = "Ngừng tài khoản"
    submit_label = "Ngừng tài khoản"
    success_message = "Đã ngừng tài khoản."
    consequence = (
        "Người này không đăng nhập được nữa, mọi phiên đang mở kết thúc ngay. Những việc đã làm "
        "vẫn ghi tên trong nhật ký."
    )

    def get_heading(self):
        return f"{self.submit_label} – {self.object}"

    def act(self, form):
        return acts.stop_person(self.object, actor=self.request.user)


class PersonResume(PersonStop):
    crumb = "Mở lại tài khoản"
    submit_label = "Mở lại tài khoản"
    success_message = "Đã mở lại tài khoản."
    consequence = "Người này đăng nhập lại được bằng mật khẩu đang có."

    def act(self, form):
        return acts.resume_person(self.object, actor=self.request.user)


class LogList(ListPage):
    """Sign-ins and changes of accounts; nothing about points, votes or awards."""

    template_name = "units/log_list.html"
    permission_required = "units.view_log"
    filterset_class = LogFilter
    breadcrumbs = (HOME, ("Nhật ký kỹ thuật", None))

    def get_rows(self):
        person = ContentType.objects.get_for_model(User)
        return ActivityEntry.objects.filter(subject_type=person).order_by("-at", "-pk")
