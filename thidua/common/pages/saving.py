"""A form about a stored object that saves itself while it is typed, beside its button."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from thidua.common.pages.second_writer import SecondWriter
from thidua.common.stamps import SEE_BOTH, OvertakenError, stamp_of_words

# What a page adds to its own address for the posts of static/js/text-save.js.
AUTOSAVE = "tu-luu"
OTHER_PERSON = "Máy này đang đăng nhập bằng tài khoản khác."
BY_BUTTON = "Nội dung này chỉ lưu khi bấm nút lưu."
INCOMPLETE = "Có dòng chưa điền đủ hoặc sai; bấm lưu để xem từng dòng."


class SavesItself(SecondWriter):
    """A second writer's form whose texts also arrive while they are typed.

    Such a post goes through the same form and the same action as the button; the answer is JSON.
    """

    @property
    def is_autosave(self) -> bool:
        return AUTOSAVE in self.request.GET

    def may_save_itself(self) -> bool:
        """Whether a save is only a save; what undoes something else waits for the button."""
        return True

    def get_autosave(self) -> dict[str, Any] | None:
        """Where the script posts, and in whose name."""
        if self.get_closed() or not self.may_save_itself():
            return None
        return {"url": f"{self.request.path}?{AUTOSAVE}", "person": self.request.user.pk}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_post = self.is_autosave and request.method == "POST"
        # A page opened before somebody else signed in here must not write in that person's name.
        if is_post and request.POST.get("person") != str(request.user.pk):
            return JsonResponse({"person": OTHER_PERSON}, status=409)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not self.is_autosave:
            return super().form_valid(form)
        if not self.get_autosave():
            return JsonResponse({"general": [self.get_closed() or BY_BUTTON]}, status=409)
        try:
            self.object = self.act(form) or self.object
        except OvertakenError:
            return JsonResponse({"general": [SEE_BOTH]}, status=409)
        except ValidationError as error:
            return JsonResponse({"general": error.messages}, status=422)
        saved_at = f"{timezone.localtime():%H:%M:%S}"
        seen = stamp_of_words(self.get_words())
        return JsonResponse({"rows": {}, "seen": seen, "saved_at": saved_at})

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if not self.is_autosave:
            return super().form_invalid(form)
        sentences = [sentence for found in form.errors.values() for sentence in found]
        return JsonResponse({"general": sentences or [INCOMPLETE]}, status=422)
