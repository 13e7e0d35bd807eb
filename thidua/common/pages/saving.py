"""A form about a stored object that saves itself while it is typed, beside its button."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from thidua.common.pages.second_writer import SecondWriter
from thidua.common.stamps import OvertakenError, see_both, stamp_of_words

# What a page adds to its own address for the posts of static/js/text-save.js.
AUTOSAVE = "tu-luu"
OTHER_PERSON = "Máy này đang đăng nhập bằng tài khoản khác."
BY_BUTTON = "Nội dung này chỉ lưu khi bấm nút lưu."
INCOMPLETE = "Có dòng chưa điền đủ hoặc sai; bấm lưu để xem từng dòng."


class PostsItself:
    """A page whose form is also posted while it is typed, by the door of static/js/text-save.js.

    It comes before the page class, which says in `get_closed` why nothing is taken any more.
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

    def refused(self, *sentences: str, status: int = 422) -> JsonResponse:
        """Nothing was written, and why."""
        return JsonResponse({"general": sentences}, status=status)

    def saved(self, **stamps: object) -> JsonResponse:
        """Everything is stored; `stamps` are of what the next post is compared with."""
        saved_at = f"{timezone.localtime():%H:%M:%S}"
        return JsonResponse({"rows": {}, "saved_at": saved_at, **stamps})


class SavesItself(PostsItself, SecondWriter):
    """A second writer's form whose texts also arrive while they are typed.

    Such a post goes through the same form and the same action as the button; the answer is JSON.
    """

    # Fields that the act may set anew because another one changed, and what the page says then.
    followed: tuple[str, ...] = ()
    followed_note = ""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not self.is_autosave:
            return super().form_valid(form)
        if not self.get_autosave():
            return self.refused(self.get_closed() or BY_BUTTON, status=409)
        try:
            self.object = self.act(form) or self.object
        except OvertakenError as error:
            return self.refused(see_both(error, self.request.user), status=409)
        except ValidationError as error:
            return self.refused(*error.messages)
        return self.saved(seen=stamp_of_words(self.get_words()), **self.set_anew(form))

    def set_anew(self, form: BaseForm) -> dict[str, object]:
        """What stands in other fields now than the page shows; else it would write that back."""
        stored = {name: getattr(self.object, name) for name in self.followed}
        values = {
            name: value for name, value in stored.items() if value != form.cleaned_data.get(name)
        }
        return {"values": values, "note": self.say(self.followed_note)} if values else {}

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        if not self.is_autosave:
            return super().form_invalid(form)
        sentences = [sentence for found in form.errors.values() for sentence in found]
        return self.refused(*(sentences or [INCOMPLETE]))
