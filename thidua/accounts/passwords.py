from django.contrib.auth.password_validation import MinimumLengthValidator


class LongEnough(MinimumLengthValidator):
    """Django's rule in words that its own translation lacks."""

    def get_error_message(self):
        return f"Mật khẩu quá ngắn; phải có ít nhất {self.min_length} ký tự."
